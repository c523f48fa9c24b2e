"""The owner's questions, as their pages ask them, and tiny warehouses to put them to."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
from pipeline_brand import PROJECT, Brand

INDEX = PROJECT / "docs" / "questions.md"
PAGES = sorted((PROJECT / "docs" / "questions").glob("*.md"))
HEADING = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
GIVES = re.compile(r"^Gives (.+?)\.$", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# The as-of date of the tiny warehouses.
TODAY = date(2024, 9, 30)
Ask = Callable[..., list[dict[str, Any]]]


@dataclass(frozen=True)
class Question:
    """One numbered heading of a page with all its content."""

    number: int
    title: str
    page: Path
    prose: str
    columns: tuple[str, ...]
    blocks: tuple[str, ...]

    @property
    def sql(self) -> str:
        return self.blocks[0]


def questions() -> list[Question]:
    """The questions of all pages, in the order of their numbers."""
    return sorted(
        (question for page in PAGES for question in _of(page)), key=lambda question: question.number
    )


def _of(page: Path) -> Iterator[Question]:
    parts = HEADING.split(page.read_text(encoding="utf-8"))[1:]
    for number, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        prose = BLOCK.sub("", body)
        gives = GIVES.search(prose)
        columns = tuple(re.findall(r"`(\w+)`", gives.group(1))) if gives else ()
        yield Question(int(number), title, page, prose, columns, tuple(BLOCK.findall(body)))


def question(number: int) -> Question:
    return questions()[number - 1]


def answer(query: Any, number: int) -> list[dict[str, Any]]:
    """What a question's query gives, a row per dict."""
    asked = question(number)
    return [dict(zip(asked.columns, row, strict=True)) for row in query(asked.sql)]


@contextmanager
def tiny_warehouse(published_file: Path, **tables: list[dict[str, Any]]) -> Iterator[Any]:
    """A query on a warehouse in memory: the published tables' columns, and these rows only.

    A table is named like `subject.fct_orders` with two underscores for the dot; missing columns of
    a row are null, and missing tables are empty.
    """
    with duckdb.connect() as con:
        con.execute(f"attach '{published_file}' as published (read_only)")
        names = con.execute(
            "select table_schema, table_name from information_schema.tables"
            " where table_catalog = 'published' and table_schema in ('subject', 'thematic')"
        ).fetchall()
        con.execute("create schema subject; create schema thematic")
        for schema, name in names:
            con.execute(f"create table {schema}.{name} as from published.{schema}.{name} limit 0")
        for name, rows in tables.items():
            for row in rows:
                columns, marks = ", ".join(row), ", ".join("?" * len(row))
                con.execute(
                    f"insert into {name.replace('__', '.')} ({columns}) values ({marks})",
                    list(row.values()),
                )
        yield lambda sql: con.execute(sql).fetchall()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def on_tiny_warehouses(brand: Brand) -> Ask:
    """What a question's query says of a few rows, `ask(1, subject__fct_orders=[…])`."""

    def ask(number: int, **tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
        tables = {"subject__dim_as_of_date": [{"as_of_date": TODAY}], **tables}
        with tiny_warehouse(brand.published_file, **tables) as query:
            return answer(query, number)

    return ask
