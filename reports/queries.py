"""Queries of boards: checked against a DuckDB file, and run on it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from reports.boards import Board, Query
from reports.errors import BoardError

TABLE = re.compile(r"\b(?:from|join)\s+([a-z_]\w*(?:\.\w+)?)", re.IGNORECASE)
CTE = re.compile(r"(?:\bwith|,)\s+(\w+)\s+as\s*\(", re.IGNORECASE)
COMMENT = re.compile(r"--[^\n]*")
NUMERIC = re.compile(r"^(DECIMAL|.*INT|DOUBLE|FLOAT)")
# A column `x_zh` beside `x` holds the Chinese of it.
CHINESE = "_zh"


@dataclass(frozen=True)
class Context:
    """What all boards share: the day, the currency of `_base` amounts, shops and platforms."""

    as_of_date: str | None
    currency: str | None
    platforms: list[dict[str, Any]]
    shops: list[dict[str, Any]]


def marts_read(sql: str) -> list[str]:
    """The tables that a query reads, in order; its own CTEs are none."""
    plain = COMMENT.sub("", sql)
    own = set(CTE.findall(plain))
    return list(dict.fromkeys(name for name in TABLE.findall(plain) if name not in own))


def check_query(con: duckdb.DuckDBPyConnection, board: Board, query: Query) -> None:
    """Raise BoardError if the query does not run, or lacks a column that the board names."""
    where = f"board {board.name}, query {query.name}"
    read = marts_read(query.sql)
    for name in read:
        if not name.startswith(("subject.", "thematic.")):
            raise BoardError(f"{where}: reads {name}; boards read subject and thematic marts only")
    named = {query.mart, *(measure.mart for measure in query.measures.values())}
    for mart in sorted(named - set(read)):
        raise BoardError(f"{where}: names the mart {mart}, which its SQL does not read")
    if not re.search(r"\border by\b[^()]*$", COMMENT.sub("", query.sql), re.IGNORECASE):
        raise BoardError(f"{where}: ends without `order by`, so that its rows have no order")
    types = _types(con, query, where)
    for column in query.columns:
        if column not in types:
            raise BoardError(f"{where}: no column {column}; it has {', '.join(types)}")
    for measure in query.measures.values():
        for column in measure.columns:
            if not NUMERIC.match(types[column]):
                raise BoardError(f"{where}: {column} is {types[column].lower()}, not a number")


def _types(con: duckdb.DuckDBPyConnection, query: Query, where: str) -> dict[str, str]:
    try:
        # Comments first: `describe` takes none before the query.
        rows = con.execute(f"describe {COMMENT.sub('', query.sql)}").fetchall()
    except duckdb.Error as error:
        raise BoardError(f"{where}: {str(error).strip().splitlines()[0]}") from None
    return {row[0]: row[1] for row in rows}


def run_query(con: duckdb.DuckDBPyConnection, board: Board, query: Query) -> dict[str, Any]:
    """The rows of a query by column: numbers as a list, texts as a list of places in `words`.

    Nulls stay null. Only the columns that the board names are kept, and their Chinese.
    """
    try:
        con.execute(query.sql)
        names = [column[0] for column in con.description]
        rows = con.fetchall()
    except duckdb.Error as error:
        where = f"board {board.name}, query {query.name}"
        raise BoardError(f"{where}: {str(error).strip().splitlines()[0]}") from None
    by_name = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
    kept = [*query.columns, *(name + CHINESE for name in query.columns)]
    numbers = {column for measure in query.measures.values() for column in measure.columns}
    return {
        "count": len(rows),
        "columns": {
            name: [_number(value) for value in values] if name in numbers else _words(values)
            for name, values in by_name.items()
            if name in kept
        },
    }


def _number(value: Any) -> int | float | None:
    return round(float(value), 6) if isinstance(value, (Decimal, float)) else value


def _words(values: tuple) -> dict[str, list]:
    """Texts by their place in the list of different ones: ids and names repeat."""
    words = list(dict.fromkeys(values))
    places = {word: place for place, word in enumerate(words)}
    return {
        "words": [_word(word) for word in words],
        "places": [places[value] for value in values],
    }


def _word(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def read_context(con: duckdb.DuckDBPyConnection) -> Context:
    """Read what all boards share from the published file."""
    try:
        (as_of_date,) = con.execute("select max(as_of_date) from subject.dim_as_of_date").fetchone()
        # The currency whose amounts are their own base amounts.
        currency = con.execute("""
            select currency_code from subject.fct_sales_daily
            where currency_code is not null
            group by currency_code
            order by
                sum(case when revenue_amount = revenue_base_amount then order_count end)
                desc nulls last,
                currency_code
            limit 1
        """).fetchone()
        platforms = con.execute("""
            select platform_code, platform_name, platform_name_zh from subject.dim_platforms
            where platform_code in (select platform_code from subject.dim_shops)
            order by platform_code
        """).fetchall()
        shops = con.execute("""
            select shop_key, coalesce(shop_name, shop_id, platform_code), platform_code
            from subject.dim_shops
            order by platform_code, shop_name, shop_key
        """).fetchall()
    except duckdb.Error as error:
        raise BoardError(f"not a published file: {str(error).strip().splitlines()[0]}") from None
    return Context(
        as_of_date=as_of_date and as_of_date.isoformat(),
        currency=currency and currency[0],
        platforms=[
            {"code": code, "en": name or code, "zh": chinese or name or code}
            for code, name, chinese in platforms
        ],
        shops=[{"key": key, "name": name, "platform": code} for key, name, code in shops],
    )
