"""Metrics asked of the published file: MetricFlow writes the SQL, DuckDB answers it read-only.

MetricFlow's own command opens the file read-write, so it is not used here. MetricFlow is imported
when the first question comes: nothing else of the project waits for it.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from orchestration.metric_definitions import (
    FOLDER,
    GRAINS,
    TIME,
    Metric,
    MetricError,
    metric,
    metrics,
)
from orchestration.project import PROJECT_DIR, Warehouse, dbt_executable

# Besides the metrics: what dbt writes about them depends on these files, and on its version.
READ_BY_DBT = ("requirements.in", "dbt_project.yml", "models/subject/calendar/dim_dates.yml")
# Words outside of quotes.
WORD = re.compile(r"'[^']*'|\"[^\"]*\"|\b[a-z_]\w*\b")
# Ratios have six decimals, like rates of marts.
DECIMALS = 6
# A shop's key is grouped by, as two shops may have one name; its name is what people read.
SHOP = (
    "coalesce(dim_shops.shop_name || ' (' || dim_shops.shop_id || ')', dim_shops.shop_id,"
    " asked.shop)"
)
SHOPS = "left join subject.dim_shops on asked.shop = dim_shops.shop_key"


def listing() -> str:
    """A line for each metric: name, unit, and what it is in English and Chinese."""
    known = metrics()
    width = max(map(len, known))
    lines = []
    for each in known.values():
        lines.append(f"{each.name:<{width}}  {each.unit:<8} {each.label} / {each.label_zh}")
        lines.append(f"{'':<{width}}           {each.about}")
        lines.append(f"{'':<{width}}           {each.about_zh}")
    lines += ["", "make metric NAME=revenue BY=month,shop WHERE=\"platform_code = 'tmall'\""]
    return "\n".join(lines)


def answer(
    con: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    names: Sequence[str],
    by: Sequence[str] = (),
    where: str = "",
) -> duckdb.DuckDBPyRelation:
    """One row per group up to the as-of date, in the order of the groups; shops by their names.

    `con` has the published file open. Raises MetricError for a question that cannot be asked, and
    duckdb.Error where `where` is no SQL.
    """
    (as_of_date,) = con.sql("select max(as_of_date) from subject.dim_as_of_date").fetchone()
    if as_of_date is None:
        raise MetricError("no order has landed yet: metrics count up to the latest purchase")
    names = list(dict.fromkeys(names))
    try:
        return con.sql(metric_sql(warehouse, as_of_date, names, by, where))
    except duckdb.BinderException as error:
        problem = str(error).splitlines()[0]
        splits = ", ".join([TIME, *_common([metric(name) for name in names])])
        raise MetricError(f"{problem}\na condition is over {splits}") from None


def metric_sql(
    warehouse: Warehouse,
    as_of_date: date,
    names: Sequence[str],
    by: Sequence[str] = (),
    where: str = "",
) -> str:
    """The SQL of a question; raises MetricError."""
    asked = [metric(name) for name in names]
    groups = {name: _group(name, asked) for name in by}
    for each in asked:
        if each.always_by and each.always_by not in groups.values():
            groups[each.always_by.split("__")[-1]] = _group(each.always_by, asked)
        if each.kind == "cumulative" and not any(TIME in group for group in groups.values()):
            # Without a time MetricFlow adds up the running totals of all days.
            raise MetricError(f"{each.name} runs on over time: add a time, such as BY=month")
    until = f"{{{{ TimeDimension('{TIME}', 'day') }}}} <= date '{as_of_date}'"
    conditions = [until, _templated(where, asked)] if where else [until]
    return _shown(_written(warehouse, names, groups, conditions), asked, groups)


def _group(name: str, asked: list[Metric]) -> str:
    """MetricFlow's name of a group: `month` is `metric_time__month`."""
    if name in GRAINS:
        return f"{TIME}__{name}"
    if name == TIME:
        return f"{TIME}__day"
    if name in [f"{TIME}__{grain}" for grain in GRAINS]:
        return name
    base, _, grain = name.rpartition("__")
    stem, suffix = (base, f"__{grain}") if grain in GRAINS else (name, "")
    found = [each.dimension(stem) for each in asked]
    if None in found or len(set(found)) > 1 or (suffix and found[0].kind != "time"):
        raise MetricError(_cannot_split(name, asked))
    return found[0].name + (suffix or ("__day" if found[0].kind == "time" else ""))


def _common(asked: list[Metric]) -> list[str]:
    """The dimensions that all metrics of a question have."""
    return [
        dimension.name
        for dimension in asked[0].dimensions
        if all(dimension in each.dimensions for each in asked)
    ]


def _cannot_split(name: str, asked: list[Metric]) -> str:
    common = _common(asked)
    who = " and ".join(each.name for each in asked)
    return f"{who} cannot be split by {name!r}, but by {', '.join((*GRAINS, *common))}" + (
        "" if any("shop" in each for each in common) else " (people know no shop)"
    )


def _templated(where: str, asked: list[Metric]) -> str:
    """The condition with MetricFlow's words for its names; one that has them already stays."""
    if "{{" in where:
        return where

    def word(match: re.Match) -> str:
        if match[0] in metrics():
            # MetricFlow would compare each day's or order's part of it.
            raise MetricError(f"{match[0]} is a metric: a condition is over what it is split by")
        # `month` alone may be SQL, as in `interval 1 month`.
        if match[0] in GRAINS:
            return match[0]
        try:
            name = _group(match[0], asked)
        except MetricError:
            return match[0]
        base, _, grain = name.rpartition("__")
        if grain in GRAINS:
            return f"{{{{ TimeDimension('{base}', '{grain}') }}}}"
        kind = "Dimension" if "__" in name else "Entity"
        return f"{{{{ {kind}('{name}') }}}}"

    return f"({WORD.sub(word, where)})"


def _written(
    warehouse: Warehouse, names: Sequence[str], groups: dict[str, str], conditions: list[str]
) -> str:
    """What MetricFlow writes."""
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest
    from metricflow_semantics.errors.error_classes import InvalidQueryException

    request = MetricFlowQueryRequest.create(
        metric_names=list(names),
        group_by_names=list(dict.fromkeys(groups.values())) or None,
        where_constraints=conditions,
    )
    try:
        explained = _engine(_manifest(warehouse)).explain(request)
    except InvalidQueryException as error:
        raise MetricError(str(error).strip()) from None
    return explained.sql_statement.without_descriptions.sql


@cache
def _engine(manifest: Path) -> Any:
    """MetricFlow over what dbt makes of the metrics' files."""
    os.environ["DO_NOT_TRACK"] = "1"
    from dbt_metricflow.cli.dbt_connectors.adapter_backed_client import SupportedAdapterTypes
    from metricflow.engine.metricflow_engine import MetricFlowEngine
    from metricflow_semantics.model.dbt_manifest_parser import (
        parse_manifest_from_dbt_generated_manifest,
    )
    from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

    declared = parse_manifest_from_dbt_generated_manifest(manifest.read_text())
    # It asks its client for nothing but the dialect.
    return MetricFlowEngine(SemanticManifestLookup(declared), SupportedAdapterTypes.DUCKDB)


def _shown(sql: str, asked: list[Metric], groups: dict[str, str]) -> str:
    """The groups by the names they were asked with, then the figures; in the groups' order."""
    columns = []
    for name, group in groups.items():
        column = f"asked.{group}"
        if group == "shop":
            column = SHOP
        elif group.rpartition("__")[2] in GRAINS:
            column = f"cast({column} as date)"
        columns.append(f'{column} as "{name}"')
    figures = [
        f"asked.{each.name}"
        if each.unit in ("money", "count")
        else f"cast(asked.{each.name} as decimal(38, {DECIMALS})) as {each.name}"
        for each in asked
    ]
    joined = SHOPS if "shop" in groups.values() else ""
    order = f"order by {', '.join(f'asked.{group}' for group in groups.values())}" if groups else ""
    return f"select {', '.join(columns + figures)} from ({sql}) as asked {joined} {order}"


def _manifest(warehouse: Warehouse) -> Path:
    """What dbt makes of the metrics' files: parsed once, and again when one of them changes."""
    digest = hashlib.sha256()
    for path in (*sorted(FOLDER.glob("*.yml")), *(PROJECT_DIR / name for name in READ_BY_DBT)):
        digest.update(path.read_bytes())
    folder = warehouse.build / "metrics"
    wanted = folder / f"{digest.hexdigest()[:16]}.json"
    if not wanted.exists():
        print("dbt reads the metrics, once until they change …", file=sys.stderr, flush=True)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            parsed = Path(tempfile.mkdtemp(dir=folder))
        except OSError as error:
            raise MetricError(f"cannot write to {folder}: {error.strerror}") from None
        try:
            _parse(warehouse, parsed)
            for old in folder.glob("*.json"):
                old.unlink(missing_ok=True)
            (parsed / "semantic_manifest.json").replace(wanted)
        finally:
            shutil.rmtree(parsed, ignore_errors=True)
    return wanted


def _parse(warehouse: Warehouse, target: Path) -> None:
    """Let dbt parse into a folder of its own: a build may be running in the usual one."""
    saved = warehouse.dbt_target / "partial_parse.msgpack"
    if saved.exists():
        shutil.copy(saved, target)
    environment = warehouse.environment() | {
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target),
        "DBT_WRITE_JSON": "true",
    }
    done = subprocess.run(
        [dbt_executable(), "--quiet", "--no-use-colors", "parse"],
        cwd=PROJECT_DIR,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise MetricError(f"dbt cannot parse the project:\n{done.stdout.strip()}")
