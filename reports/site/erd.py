"""Relations of a theme's tables as an SVG: keys only, from left to right.

Tables are links, colours are the page's: it needs no script, and prints.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reports.site.marts import Mart, Theme

# In pixels.
BOX, GAP_X, GAP_Y, ROW, PAD = 226, 68, 18, 20, 12


@dataclass(frozen=True)
class Edge:
    """One column of a table leads to a column of another."""

    child: str
    column: str
    parent: str
    parent_column: str


@dataclass(frozen=True)
class _Box:
    name: str
    rows: tuple[str, ...]
    key: tuple[str, ...]
    x: int
    y: int

    @property
    def height(self) -> int:
        return ROW * (1 + len(self.rows)) + 8

    def middle(self, column: str) -> int:
        """The height of a column's row; of the head, when the column is not shown."""
        place = self.rows.index(column) + 1 if column in self.rows else 0
        return self.y + ROW * place + ROW // 2 + 2


def edges_of(relations: dict[str, Any], theme: Theme) -> list[Edge]:
    """Edges that begin at the theme's tables, wherever they lead."""
    names = {mart.name for mart in theme.marts}
    edges = [
        Edge(
            edge["from_id"].split(".")[-1],
            edge["from_columns"][0],
            edge["to_id"].split(".")[-1],
            edge["to_columns"][0],
        )
        for edge in relations["edges"]
    ]
    return sorted(
        {edge for edge in edges if edge.child in names},
        key=lambda edge: (edge.child, edge.column, edge.parent),
    )


def diagram(
    theme: Theme, edges: list[Edge], marts: dict[str, Mart], page_of: dict[str, str]
) -> Markup:
    """The SVG; empty without an edge. `page_of`: a mart's name → the address of its section."""
    if not edges:
        return Markup("")
    shown = {name for edge in edges for name in (edge.child, edge.parent)}
    boxes = _placed(_levels(shown, edges), edges, marts)
    own = {mart.name for mart in theme.marts}
    width = max(box.x for box in boxes.values()) + BOX + PAD
    height = max(box.y + box.height for box in boxes.values()) + PAD
    parts = [
        Markup(
            '<svg class="erd" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
            ' aria-label="{label}">'
        ).format(w=width, h=height, label=f"Relations of {theme.title['en']}")
    ]
    parts += [_line(edge, boxes) for edge in edges]
    parts += [_table(box, box.name in own, page_of[box.name]) for box in boxes.values()]
    return Markup("").join([*parts, Markup("</svg>")])


def _levels(names: Iterable[str], edges: list[Edge]) -> list[list[str]]:
    """Tables by how far they are from those that nothing refers to; rings end where they began."""
    level = dict.fromkeys(sorted(names), 0)
    for _ in level:
        for edge in edges:
            if edge.parent != edge.child and level[edge.parent] <= level[edge.child]:
                level[edge.parent] = min(level[edge.child] + 1, len(level))
    used = sorted(set(level.values()))
    return [[name for name in level if level[name] == one] for one in used]


def _placed(levels: list[list[str]], edges: list[Edge], marts: dict[str, Mart]) -> dict[str, _Box]:
    """Boxes in columns; within one, in the order of what they are joined to on its left."""
    boxes: dict[str, _Box] = {}
    for place, level in enumerate(levels):

        def from_the_left(name: str) -> tuple[float, str]:
            left = [
                boxes[edge.child].y for edge in edges if edge.parent == name and edge.child in boxes
            ]
            return (sum(left) / len(left) if left else 0, name)

        y = PAD
        for name in sorted(level, key=from_the_left):
            key = marts[name].key
            used = [edge.column for edge in edges if edge.child == name]
            used += [edge.parent_column for edge in edges if edge.parent == name]
            rows = tuple(dict.fromkeys([*key, *used]))
            boxes[name] = _Box(name, rows, key, PAD + place * (BOX + GAP_X), y)
            y += boxes[name].height + GAP_Y
    return boxes


def _line(edge: Edge, boxes: dict[str, _Box]) -> Markup:
    """Many rows at the child, one at the parent."""
    child, parent = boxes[edge.child], boxes[edge.parent]
    x1, y1 = child.x + BOX, child.middle(edge.column)
    x2, y2 = parent.x, parent.middle(edge.parent_column)
    if parent.x <= child.x:  # to itself, or back: around the right side
        x2 = parent.x + BOX
    bend = GAP_X // 2
    end = x2 - bend if parent.x > child.x else x2 + bend
    foot = f"M{x1} {y1 - 5}L{x1 + 9} {y1}L{x1} {y1 + 5}"
    return Markup(
        '<path class="edge" d="{foot}M{x1} {y1}C{bend} {y1} {end} {y2} {x2} {y2}">'
        "<title>{label}</title></path>"
    ).format(
        foot=foot, x1=x1, y1=y1, x2=x2, y2=y2, bend=x1 + bend, end=end,
        label=f"{edge.child}.{edge.column} → {edge.parent}.{edge.parent_column}",
    )  # fmt: skip


def _table(box: _Box, is_own: bool, address: str) -> Markup:
    rows = [
        Markup('<text x="{x}" y="{y}"{key}>{name}</text>').format(
            x=box.x + 10,
            y=box.y + ROW * place + 17,
            key=Markup(' class="key"') if name in box.key else "",
            name=name,
        )
        for place, name in enumerate(box.rows, start=1)
    ]
    return Markup(
        '<a href="{address}"><g class="table{own}">'
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="5"/>'
        '<rect class="head" x="{x}" y="{y}" width="{w}" height="{row}" rx="5"/>'
        '<text class="name" x="{tx}" y="{ty}">{name}</text>{rows}</g></a>'
    ).format(
        address=address, own=" own" if is_own else "", x=box.x, y=box.y, w=BOX, h=box.height,
        row=ROW + 2, tx=box.x + 10, ty=box.y + 16, name=box.name, rows=Markup("").join(rows),
    )  # fmt: skip
