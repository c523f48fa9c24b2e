"""Metrics as models/semantic/ declares them: names, meanings, units, and what splits them."""

import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.settings import PROJECT_DIR

FOLDER = PROJECT_DIR / "models" / "semantic"
GRAINS = ("day", "week", "month", "quarter", "year")
TIME = "metric_time"


class MetricError(Exception):
    """A question that no metric answers; the message says what may be asked."""


@dataclass(frozen=True)
class Dimension:
    """What a metric can be split by. `name` as MetricFlow has it: `shop__platform_code`."""

    name: str
    kind: str  # time, categorical or entity

    @property
    def short(self) -> str:
        """Its name without the entity: `platform_code`."""
        return self.name.split("__")[-1]


@dataclass(frozen=True)
class Metric:
    """A figure with its meaning.

    `unit`: money (reporting currency, unless it is `always_by` a currency), price, count, number,
    rate (0–1), score, minutes, hours. `always_by`: a dimension over which it must not add up.
    `also`: what else people call it, or what they know that comes nearest.
    """

    name: str
    label: str
    label_zh: str
    unit: str
    about: str
    about_zh: str
    kind: str
    marts: tuple[str, ...]
    times: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    always_by: str | None
    also: tuple[str, ...]

    def dimension(self, given: str) -> Dimension | None:
        """The dimension of a full name, or of a short one that only one dimension has."""
        full = [dimension for dimension in self.dimensions if dimension.name == given]
        short = [dimension for dimension in self.dimensions if dimension.short == given]
        return full[0] if full else short[0] if len(short) == 1 else None


@cache
def metrics(folder: Path = FOLDER) -> dict[str, Metric]:
    """Every metric by its name, in the order of the files."""
    files = [yaml.safe_load(path.read_text()) for path in sorted(folder.glob("*.yml"))]
    models = [model for file in files for model in file["semantic_models"]]
    given = {metric["name"]: metric for file in files for metric in file.get("metrics") or []}
    return {name: _metric(spec, given, models) for name, spec in given.items()}


def metric(name: str) -> Metric:
    """The metric of a name; raises MetricError with the nearest names."""
    known = metrics()
    if name not in known:
        words = {
            text.lower(): each.name
            for each in known.values()
            for text in (each.name, each.label, each.label_zh, *each.also)
        }
        near = difflib.get_close_matches(name.lower(), words, n=6, cutoff=0.5)
        names = list(dict.fromkeys(words[word] for word in near))[:3]
        hint = f"did you mean {' or '.join(names)}? " if names else ""
        raise MetricError(f"there is no metric {name!r}: {hint}`make metric` lists them")
    return known[name]


def _metric(spec: dict, given: dict[str, dict], models: list[dict]) -> Metric:
    meta = spec["config"]["meta"]
    measured = [
        model
        for measure in _measures(spec, given)
        for model in models
        if measure in [each["name"] for each in model.get("measures") or []]
    ]
    splits = [_dimensions(model, models) for model in measured]
    return Metric(
        name=spec["name"],
        label=spec["label"],
        label_zh=meta["zh"],
        unit=meta["unit"],
        about=spec["description"].strip(),
        about_zh=meta["about_zh"],
        kind=spec["type"],
        marts=tuple(dict.fromkeys(model["model"].split("'")[1] for model in measured)),
        times=tuple(dict.fromkeys(_time(measure, models) for measure in _measures(spec, given))),
        dimensions=tuple(each for each in splits[0] if all(each in split for split in splits)),
        always_by=meta.get("always_by"),
        also=tuple(meta.get("also") or ()),
    )


def _measures(spec: dict, given: dict[str, dict]) -> list[str]:
    """The measures that a metric is made of; a ratio's are those of its two metrics."""
    parameters = spec["type_params"]
    if "measure" in parameters:
        return [parameters["measure"]]
    parts = (parameters["numerator"], parameters["denominator"])
    return [measure for part in parts for measure in _measures(given[part], given)]


def _time(measure: str, models: list[dict]) -> str:
    """The column whose day a measure counts on."""
    for model in models:
        for each in model.get("measures") or []:
            if each["name"] == measure:
                return each.get("agg_time_dimension") or model["defaults"]["agg_time_dimension"]
    raise MetricError(f"no semantic model has the measure {measure}")


def _dimensions(model: dict, models: list[dict]) -> list[Dimension]:
    """A model's own dimensions, then those of the models that its foreign entities lead to."""
    primary = next(each["name"] for each in model["entities"] if each["type"] == "primary")
    found = [_dimension(primary, each) for each in model["dimensions"]]
    for entity in model["entities"]:
        if entity["type"] != "foreign":
            continue
        found.append(Dimension(entity["name"], "entity"))
        for other in models:
            if {"name": entity["name"], "type": "primary"}.items() <= other["entities"][0].items():
                found += [_dimension(entity["name"], each) for each in other["dimensions"]]
    return found


def _dimension(entity: str, spec: dict[str, Any]) -> Dimension:
    return Dimension(f"{entity}__{spec['name']}", spec["type"])
