"""Themes with their marts and columns, as the manifest describes them, and what asks them."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reports.boards import Board, Measure
from reports.site.artifacts import Artifacts
from reports.site.documents import slug
from reports.site.errors import SiteError

SCHEMAS = ("subject", "thematic")
KEY_TESTS = ("unique", "primary_key", "unique_combination")
# As many columns of origin are named; more are left to the page of column lineage.
ORIGINS_NAMED = 3
# "## 3. What …? (中文)" in docs/questions/<page>.md
QUESTION = re.compile(r"^## (?P<title>\d+\. .+)$", re.MULTILINE)


@dataclass(frozen=True)
class Column:
    """A column: its meaning, the table it leads to, and the columns that it comes from."""

    name: str
    data_type: str
    description: str
    leads_to: str | None
    comes_from: tuple[str, ...]
    origins: int


@dataclass(frozen=True)
class Mart:
    """A public table: what one row is, its key and its columns."""

    unique_id: str
    name: str
    schema: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Question:
    """A question of docs/questions: its title, and the page and heading where it stands."""

    title: str
    page: str
    anchor: str


@dataclass(frozen=True)
class Theme:
    """A group of marts, with all that asks them."""

    name: str
    title: dict[str, str]
    about: dict[str, str]
    owner: str
    marts: tuple[Mart, ...]
    boards: tuple[Board, ...] = ()
    measures: tuple[Measure, ...] = ()
    metrics: tuple[dict[str, Any], ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def schema(self) -> str:
        """The schema of its marts."""
        return self.marts[0].schema


@dataclass
class _Lineage:
    """Walks from a column of a mart to the nearest public columns, or raw and seed ones."""

    parents: dict[str, dict[str, list[dict[str, str]]]]
    public: dict[str, str]
    known: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def origins(self, node: str, column: str) -> frozenset[str]:
        """Names `table.column`; none where the tool found none."""
        if (node, column) not in self.known:
            self.known[node, column] = frozenset()  # a ring of columns ends here
            found: set[str] = set()
            for parent in self.parents.get(node, {}).get(column, []):
                source, name = parent["dbt_node"], parent["column"]
                if source in self.public:
                    found.add(f"{self.public[source]}.{name}")
                elif source.startswith(("source.", "seed.")):
                    found.add(f"{'.'.join(source.split('.')[2:])}.{name}")
                else:
                    found |= self.origins(source, name)
            self.known[node, column] = frozenset(found)
        return self.known[node, column]


def load_themes(artifacts: Artifacts, boards: list[Board], questions: Path) -> list[Theme]:
    """Every group that has public marts, subjects first; raises SiteError for one without words."""
    manifest = artifacts.manifest
    models = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in SCHEMAS
    ]
    lineage = _Lineage(
        artifacts.column_lineage["lineage"]["parents"],
        {node["unique_id"]: node["name"] for node in models},
    )
    keys, links = _keys(manifest), _links(artifacts.relations)
    asked = _questions(questions)
    themes = []
    for group in manifest["groups"].values():
        in_group = [node for node in models if node["group"] == group["name"]]
        if not in_group:
            continue
        marts = tuple(
            _mart(node, keys, links, lineage) for node in sorted(in_group, key=lambda n: n["name"])
        )
        names = {f"{mart.schema}.{mart.name}" for mart in marts}
        themes.append(
            Theme(
                name=group["name"],
                **_words(group),
                owner=group["owner"]["name"],
                marts=marts,
                boards=_boards(boards, names),
                measures=_measures(boards, names),
                metrics=_metrics(manifest, {mart.unique_id for mart in marts}),
                questions=tuple(one for one, sql in asked if any(_reads(sql, n) for n in names)),
            )
        )
    return sorted(themes, key=lambda theme: (SCHEMAS.index(theme.schema), theme.name))


def _words(group: dict[str, Any]) -> dict[str, dict[str, str]]:
    meta = (group.get("config") or {}).get("meta") or {}
    missing = {"title", "title_zh", "description_zh"} - set(meta)
    if missing:
        raise SiteError(
            f"models/groups.yml: the group {group['name']} lacks {', '.join(sorted(missing))} under"
            " config.meta: the site names it in both languages"
        )
    return {
        "title": {"en": meta["title"], "zh": meta["title_zh"]},
        "about": {"en": group["description"], "zh": meta["description_zh"]},
    }


def _mart(
    node: dict[str, Any],
    keys: dict[str, tuple[str, ...]],
    links: dict[tuple[str, str], str],
    lineage: _Lineage,
) -> Mart:
    columns = []
    for column in node["columns"].values():
        origins = sorted(lineage.origins(node["unique_id"], column["name"]))
        columns.append(
            Column(
                name=column["name"],
                data_type=column["data_type"],
                description=" ".join(column["description"].split()),
                leads_to=links.get((node["name"], column["name"])),
                comes_from=tuple(origins) if len(origins) <= ORIGINS_NAMED else (),
                origins=len(origins),
            )
        )
    return Mart(
        unique_id=node["unique_id"],
        name=node["name"],
        schema=node["schema"],
        description=" ".join(node["description"].split()),
        key=keys.get(node["unique_id"], ()),
        columns=tuple(columns),
    )


def _keys(manifest: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Model → the columns of its key, from the test of it."""
    keys: dict[str, tuple[str, ...]] = {}
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if test.get("name") not in KEY_TESTS:
            continue
        columns = test["kwargs"].get("columns") or [test["kwargs"]["column_name"]]
        known = keys.get(node["attached_node"])
        # Of several keys the one of fewest columns, then the first by name.
        if known is None or (len(columns), columns) < (len(known), list(known)):
            keys[node["attached_node"]] = tuple(columns)
    return keys


def _links(relations: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Table and column → the table that it leads to."""
    return {
        (edge["from_id"].split(".")[-1], edge["from_columns"][0]): edge["to_id"].split(".")[-1]
        for edge in relations["edges"]
    }


def _boards(boards: list[Board], marts: set[str]) -> tuple[Board, ...]:
    """Boards that read the marts, the one that reads most of them first."""
    counted = {
        board.name: sum(any(_reads(q.sql, m) for m in marts) for q in board.queries.values())
        for board in boards
    }
    # The first board is an overview of all themes: a board of the theme's own is closer.
    reading = [board for board in boards if counted[board.name]]
    return tuple(
        sorted(reading, key=lambda board: (board.place == 1, -counted[board.name], board.place))
    )


def _measures(boards: list[Board], marts: set[str]) -> tuple[Measure, ...]:
    """Numbers of the boards that come from the marts, each label and meaning once."""
    found = {
        (measure.label["en"], measure.about["en"]): measure
        for board in boards
        for query in board.queries.values()
        for measure in query.measures.values()
        if measure.mart in marts
    }
    return tuple(found[key] for key in sorted(found))


def _metrics(manifest: dict[str, Any], marts: set[str]) -> tuple[dict[str, Any], ...]:
    """Metrics whose semantic models stand on the marts; those of metrics follow them.

    Each with name, label and about in both languages, and `also`, what else people call it.
    """
    needs = {
        unique_id: node["depends_on"]["nodes"]
        for kind in ("semantic_models", "metrics")
        for unique_id, node in manifest[kind].items()
    }

    def stands_on(unique_id: str) -> bool:
        return unique_id in marts or any(map(stands_on, needs.get(unique_id, ())))

    return tuple(
        {
            "name": metric["name"],
            "label": {"en": metric["label"], "zh": metric["config"]["meta"]["zh"]},
            "about": {"en": metric["description"], "zh": metric["config"]["meta"]["about_zh"]},
            "also": ", ".join(metric["config"]["meta"].get("also") or []),
        }
        for unique_id, metric in sorted(manifest["metrics"].items())
        if stands_on(unique_id)
    )


def _questions(folder: Path) -> list[tuple[Question, str]]:
    """Every question with its text."""
    found = []
    for path in sorted(folder.glob("*.md")):
        _, *parts = QUESTION.split(path.read_text())
        for title, text in zip(parts[::2], parts[1::2], strict=True):
            found.append((Question(title, path.stem, slug(title)), text))
    return found


def _reads(sql: str, mart: str) -> bool:
    return re.search(rf"\b{re.escape(mart)}\b", sql) is not None
