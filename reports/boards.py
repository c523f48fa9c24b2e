"""Boards, as their YAML and SQL files declare them; docs/reports.md explains every key."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from reports.errors import BoardError

BOARDS_DIR = Path(__file__).resolve().parent / "boards"

UNITS = {
    *("money", "price", "count", "number", "rate", "score"),
    *("minutes", "hours", "days", "text", "date", "month", "shop", "platform"),
}
LANGUAGES = ("en", "zh")
# The unit of a measure whose rows say theirs, by `unit_from`.
MIXED = "mixed"
# How a chart looks: these keys are given on as they are.
LOOKS = ("wide", "stack", "horizontal", "limit", "sort")
# Kind of chart → how many dimensions it takes: `by`, and `split` for a second one.
KINDS = {
    "tiles": (0, 0),
    "line": (1, 2),
    "bar": (1, 2),
    "heatmap": (2, 2),
    "flow": (2, 2),
    "funnel": (1, 1),
    "waterfall": (0, 0),
    "progress": (2, 3),
    "table": (0, 9),
}
# What the measures of a progress are, in this order; its last dimension is the state.
PROGRESS = ("reached", "goal", "expected by now", "at the end")

Text = dict[str, str]


@dataclass(frozen=True)
class Dimension:
    """A column to group by. `values` names what is in it, if that is a code."""

    name: str
    label: Text
    unit: str = "text"
    values: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """A number.

    `sum`: a column added up; with `per`, divided by another added up. `share`: the part that a
    group has in a column's sum. `value`: a column that does not add up; with `unit_from`, the
    column that says each row's unit. `before`: a measure to compare with.
    """

    name: str
    label: Text
    unit: str
    about: Text
    mart: str
    sum: str | None = None
    per: str | None = None
    share: str | None = None
    value: str | None = None
    unit_from: str | None = None
    before: str | None = None

    @property
    def columns(self) -> list[str]:
        """The query's columns that it needs."""
        return [column for column in (self.sum, self.per, self.share, self.value) if column]


@dataclass(frozen=True)
class Query:
    """A query and what its columns mean. `filters`: platform, shop, period, currency → column."""

    name: str
    sql: str
    mart: str
    empty: Text | None
    filters: dict[str, str]
    grain: str
    dimensions: dict[str, Dimension]
    measures: dict[str, Measure]

    @property
    def columns(self) -> list[str]:
        """Every column that the board names."""
        named = [*self.filters.values(), *self.dimensions]
        for measure in self.measures.values():
            named += measure.columns
            named += [measure.unit_from] if measure.unit_from else []
        return list(dict.fromkeys(named))


@dataclass(frozen=True)
class Chart:
    """A chart, a table or a row of tiles over one query."""

    title: Text
    kind: str
    query: str
    by: list[str]
    measures: list[str]
    totals: list[str]
    added: list[str]
    wide: bool = False
    stack: bool = False
    horizontal: bool = False
    limit: int | None = None
    sort: str | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Board:
    """A page."""

    name: str
    place: int
    title: Text
    about: Text
    queries: dict[str, Query]
    charts: list[Chart]


def load_boards(folder: Path = BOARDS_DIR) -> list[Board]:
    """Every board of a folder, in the order of their `place`.

    Raises BoardError on the first key, reference or file that is wrong.
    """
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise BoardError(f"there is no board in {folder}")
    return sorted((load_board(path) for path in paths), key=lambda board: board.place)


def load_board(path: Path) -> Board:
    """The board of a YAML file, its SQL from the folder of the same name."""
    where = f"board {path.stem}"
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BoardError(f"{where}: no YAML: {' '.join(str(error).split())}") from None
    _require(given, where, {"place", "title", "about", "queries", "charts"}, set())
    queries = {
        name: _query(path.parent / path.stem, name, spec, f"{where}, query {name}")
        for name, spec in given["queries"].items()
    }
    charts = [
        _chart(spec, queries, f"{where}, chart {number}")
        for number, spec in enumerate(given["charts"], start=1)
    ]
    unused = set(queries) - {chart.query for chart in charts}
    if unused:
        raise BoardError(f"{where}: no chart uses the query {sorted(unused)[0]}")
    return Board(
        name=path.stem,
        place=given["place"],
        title=_text(given["title"], f"{where}, title"),
        about=_text(given["about"], f"{where}, about"),
        queries=queries,
        charts=charts,
    )


def _query(folder: Path, name: str, spec: Any, where: str) -> Query:
    _require(
        spec,
        where,
        {"mart", "measures"},
        {"dimensions", "filters", "grain", "empty"},
    )
    path = folder / f"{name}.sql"
    if not path.exists():
        raise BoardError(f"{where}: there is no {folder.name}/{name}.sql")
    filters = spec.get("filters") or {}
    _require(filters, f"{where}, filters", set(), {"platform", "shop", "period", "currency"})
    dimensions = {
        column: _dimension(column, given, f"{where}, dimension {column}")
        for column, given in (spec.get("dimensions") or {}).items()
    }
    measures = {
        measure: _measure(measure, given, spec["mart"], f"{where}, measure {measure}")
        for measure, given in spec["measures"].items()
    }
    for measure in measures.values():
        if measure.value and set(filters) - {"currency"}:
            raise BoardError(
                f"{where}, measure {measure.name}: a `value` does not add up, so the query"
                " cannot have filters: give `sum`, or `sum` and `per`"
            )
        if measure.before and measure.before not in measures:
            raise BoardError(f"{where}, measure {measure.name}: no measure {measure.before}")
    grain = spec.get("grain", "day")
    if grain not in ("day", "month"):
        raise BoardError(f"{where}: grain is {grain!r}; it is day or month")
    return Query(
        name=name,
        sql=path.read_text(encoding="utf-8"),
        mart=spec["mart"],
        empty=_text(spec["empty"], f"{where}, empty") if "empty" in spec else None,
        filters=filters,
        grain=grain,
        dimensions=dimensions,
        measures=measures,
    )


def _dimension(name: str, spec: Any, where: str) -> Dimension:
    _require(spec, where, {"en", "zh"}, {"unit", "values"})
    values = {
        str(value): _text(text, f"{where}, value {value}")
        for value, text in (spec.get("values") or {}).items()
    }
    return Dimension(name, _label(spec), _unit(spec.get("unit", "text"), where), values)


def _measure(name: str, spec: Any, mart: str, where: str) -> Measure:
    _require(
        spec,
        where,
        {"en", "zh", "about"},
        {"unit", "unit_from", "mart", "sum", "per", "share", "value", "before"},
    )
    if ("unit" in spec) == ("unit_from" in spec):
        raise BoardError(f"{where}: one of `unit` and `unit_from`")
    if "unit_from" in spec and "value" not in spec:
        raise BoardError(f"{where}: `unit_from` only beside `value`: mixed units do not add up")
    if len({"value", "share", "sum"} & set(spec)) > 1 or {"value", "per"} <= set(spec):
        raise BoardError(f"{where}: one of `sum`, `share` and `value`; `per` only beside `sum`")
    total = None if {"value", "share"} & set(spec) else spec.get("sum", name)
    return Measure(
        name=name,
        label=_label(spec),
        unit=_unit(spec["unit"], where) if "unit" in spec else MIXED,
        about=_text(spec["about"], f"{where}, about"),
        mart=spec.get("mart", mart),
        sum=total,
        per=spec.get("per"),
        share=spec.get("share"),
        value=spec.get("value"),
        unit_from=spec.get("unit_from"),
        before=spec.get("before"),
    )


def _chart(spec: Any, queries: dict[str, Query], where: str) -> Chart:
    _require(
        spec,
        where,
        {"title", "kind", "query", "measures"},
        {"by", "split", "totals", "added", "note", *LOOKS},
    )
    kind = spec["kind"]
    if kind not in KINDS:
        raise BoardError(f"{where}: kind is {kind!r}; it is one of {', '.join(KINDS)}")
    if spec["query"] not in queries:
        raise BoardError(f"{where}: there is no query {spec['query']}")
    query = queries[spec["query"]]
    by = spec.get("by") or []
    by = [by] if isinstance(by, str) else list(by)
    by += [spec["split"]] if "split" in spec else []
    low, high = KINDS[kind]
    if not low <= len(by) <= high:
        raise BoardError(f"{where}: a {kind} takes {low} to {high} dimensions, not {len(by)}")
    if kind == "progress" and len(spec["measures"]) != len(PROGRESS):
        raise BoardError(
            f"{where}: a progress takes {len(PROGRESS)} measures: {', '.join(PROGRESS)}"
        )
    where = f"{where}, query {query.name}"
    for name in by:
        if name not in query.dimensions:
            raise BoardError(f"{where}: no dimension {name}")
    for name in (*spec["measures"], *spec.get("totals", []), *spec.get("added", [])):
        if name not in query.measures:
            raise BoardError(f"{where}: no measure {name}")
    if spec.get("sort") not in (None, *query.measures):
        raise BoardError(f"{where}: sort is {spec['sort']!r}, which is no measure")
    return Chart(
        title=_text(spec["title"], f"{where}, title"),
        kind=kind,
        query=query.name,
        by=by,
        measures=spec["measures"],
        totals=spec.get("totals", []),
        added=spec.get("added", []),
        note=_text(spec["note"], f"{where}, note") if "note" in spec else None,
        **{key: spec[key] for key in LOOKS if key in spec},
    )


def _require(given: Any, where: str, required: set[str], optional: set[str]) -> None:
    if not isinstance(given, dict):
        raise BoardError(f"{where}: a mapping is expected, not {type(given).__name__}")
    unknown = [key for key in given if key not in required | optional]
    if unknown:
        raise BoardError(f"{where}: unknown key {unknown[0]!r}")
    missing = sorted(required - set(given))
    if missing:
        raise BoardError(f"{where}: the key {missing[0]!r} is missing")


def _text(given: Any, where: str) -> Text:
    _require(given, where, set(LANGUAGES), set())
    return {language: str(given[language]).strip() for language in LANGUAGES}


def _label(spec: dict) -> Text:
    return {language: str(spec[language]) for language in LANGUAGES}


def _unit(unit: Any, where: str) -> str:
    if unit not in UNITS:
        raise BoardError(f"{where}: unit is {unit!r}; it is one of {', '.join(sorted(UNITS))}")
    return unit
