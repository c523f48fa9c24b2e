"""Metrics asked of the published file: MetricFlow writes the SQL, DuckDB answers it read-only.

MetricFlow's own command opens the file read-write, so it is not used here. MetricFlow is imported
when the first question comes: nothing else of the project waits for it.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

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

# Besides the metrics: what dbt writes about them depends on these files.
READ_BY_DBT = ("dbt_project.yml", "models/subject/calendar/dim_dates.yml")
# Words outside of quotes.
WORD = re.compile(r"'[^']*'|\"[^\"]*\"|\b[a-z_]\w*\b")
# Ratios have six decimals, like rates of marts.
DECIMALS = 6


def listing() -> str:
    """A line for each metric: name, unit, and what it is in English and Chinese."""
    known = metrics()
    width = max(map(len, known))
    lines = []
    for each in known.values():
        lines.append(f"{each.name:<{width}}  {each.unit:<8} {each.label} / {each.label_zh}")
        lines.append(f"{'':<{width}}           {each.about}")
        lines.append(f"{'':<{width}}           {each.about_zh}")
    lines += ["", 'make metric NAME=revenue BY=month,shop WHERE="platform_code = \'tmall\'"']
    return "\n".join(lines)


def answer(
    con: duckdb.DuckDBPyConnection,
    warehouse: Warehouse,
    names: Sequence[str],
    by: Sequence[str] = (),
    where: str = "",
) -> duckdb.DuckDBPyRelation:
    """One row per group, in the order of the groups; a shop is shown by its name and id.

    `con` has the published file open. Raises MetricError for a question that cannot be asked, and
    duckdb.Error where `where` is no SQL.
    """
    return con.sql(metric_sql(warehouse, names, by, where))


def metric_sql(
    warehouse: Warehouse, names: Sequence[str], by: Sequence[str] = (), where: str = ""
) -> str:
    """The SQL of a question; raises MetricError."""
    asked = [metric(name) for name in names]
    groups = [_group(name, asked) for name in by]
    groups += [each.always_by for each in asked if each.always_by]
    groups = list(dict.fromkeys(groups))
    return _shown(_written(warehouse, names, groups, _templated(where, asked)), asked, groups)


def _group(name: str, asked: list[Metric]) -> str:
    """MetricFlow's name of a group: `month` is `metric_time__month`."""
    if name in GRAINS:
        return f"{TIME}__{name}"
    if name == TIME or (name.startswith(f"{TIME}__") and name.split("__")[1] in GRAINS):
        return name if "__" in name else f"{TIME}__day"
    base, _, grain = name.rpartition("__")
    stem, suffix = (base, f"__{grain}") if grain in GRAINS else (name, "")
    found = [each.dimension(stem) for each in asked]
    if None in found or len(set(found)) > 1 or (suffix and found[0].kind != "time"):
        raise MetricError(_cannot_split(name, asked))
    return found[0].name + (suffix or ("__day" if found[0].kind == "time" else ""))


def _cannot_split(name: str, asked: list[Metric]) -> str:
    common = [
        dimension.name
        for dimension in asked[0].dimensions
        if all(dimension in each.dimensions for each in asked)
    ]
    who = " and ".join(each.name for each in asked)
    return (
        f"{who} cannot be split by {name!r}, but by {', '.join((*GRAINS, *common))}"
        + ("" if any("shop" in each for each in common) else " (people know no shop)")
    )


def _templated(where: str, asked: list[Metric]) -> str:
    """The condition with MetricFlow's words for its names; one that has them already stays."""
    if "{{" in where:
        return where

    def word(match: re.Match) -> str:
        try:
            name = _group(match[0], asked)
        except MetricError:
            return match[0]
        base, _, grain = name.rpartition("__")
        if grain in GRAINS:
            return f"{{{{ TimeDimension('{base}', '{grain}') }}}}"
        kind = "Dimension" if "__" in name else "Entity"
        return f"{{{{ {kind}('{name}') }}}}"

    return WORD.sub(word, where)


def _written(warehouse: Warehouse, names: Sequence[str], groups: list[str], where: str) -> str:
    """What MetricFlow writes."""
    os.environ["DO_NOT_TRACK"] = "1"
    from dbt_metricflow.cli.dbt_connectors.adapter_backed_client import SupportedAdapterTypes
    from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
    from metricflow_semantic_interfaces.implementations.semantic_manifest import (
        PydanticSemanticManifest,
    )
    from metricflow_semantics.errors.error_classes import InvalidQueryException
    from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

    declared = PydanticSemanticManifest.parse_raw(_manifest(warehouse).read_text())
    # It asks its client for nothing but the dialect.
    engine = MetricFlowEngine(SemanticManifestLookup(declared), SupportedAdapterTypes.DUCKDB)
    request = MetricFlowQueryRequest.create(
        metric_names=list(names),
        group_by_names=groups or None,
        where_constraints=[where] if where else None,
    )
    try:
        return engine.explain(request).sql_statement.without_descriptions.sql
    except InvalidQueryException as error:
        raise MetricError(str(error).strip()) from None


def _shown(sql: str, asked: list[Metric], groups: list[str]) -> str:
    """The groups with names of shops for their keys, then the figures; in the groups' order."""
    columns = [f"asked.{group}" for group in groups]
    joined = ""
    if "shop" in groups:
        columns[groups.index("shop")] = (
            "coalesce(dim_shops.shop_name || ' (' || dim_shops.shop_id || ')',"
            " dim_shops.shop_id, asked.shop) as shop"
        )
        joined = "left join subject.dim_shops on asked.shop = dim_shops.shop_key"
    figures = [
        f"asked.{each.name}"
        if each.unit in ("money", "count") and each.kind != "ratio"
        else f"cast(asked.{each.name} as decimal(38, {DECIMALS})) as {each.name}"
        for each in asked
    ]
    order = f"order by {', '.join(f'asked.{group}' for group in groups)}" if groups else ""
    return f"select {', '.join(columns + figures)} from ({sql}) as asked {joined} {order}"


def _manifest(warehouse: Warehouse) -> Path:
    """What dbt makes of the metrics' files: parsed once, and again when one of them changes."""
    digest = hashlib.sha256()
    for path in (*sorted(FOLDER.glob("*.yml")), *(PROJECT_DIR / name for name in READ_BY_DBT)):
        digest.update(path.read_bytes())
    folder = warehouse.build / "metrics"
    wanted = folder / f"{digest.hexdigest()[:16]}.json"
    if not wanted.exists():
        folder.mkdir(parents=True, exist_ok=True)
        parsed = Path(tempfile.mkdtemp(dir=folder))
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
