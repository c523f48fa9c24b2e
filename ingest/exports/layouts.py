"""The registry of layouts: what each platform's files look like, read from `ingest/layouts/`.

A layout is a YAML file; `docs/exports.md` describes its keys. Header names are compared folded:
without case, blanks, underscores, wide forms and brackets, and with 帐 written 账.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

import yaml

from ingest.declarations import YAML_LOADER, Table, load_sources
from ingest.errors import LandingError
from ingest.header import normalise
from ingest.settings import PROJECT_DIR

LAYOUTS_DIR = PROJECT_DIR / "ingest" / "layouts"
SOURCE = "exports"
# Kind of file: its raw table.
TABLES = {
    "orders": "order_rows",
    "after_sales": "after_sales_rows",
    "money": "money_rows",
    "ads": "ad_rows",
    "parcels": "parcel_rows",
    "stock": "stock_rows",
    "accounts": "account_rows",
}
AMOUNTS = ("signed", "income_expense", "direction", "by_type", "parts")
TRUSTS = ("rows", "headers", "parser")
PROOFS = ("balance", "total", "parts", "direction", "price", "payable", "repeated")
KEYS = (
    *("title", "platform", "kind", "trust", "row", "currency", "time_zone", "dates", "decimal"),
    *(
        "quotes",
        "columns",
        "required",
        "sometimes",
        "absent",
        "also",
        "row_id",
        "amount",
        "balance",
        "statement_total",
        "preamble",
    ),
    *(
        "footer",
        "footer_required",
        "footer_totals",
        "total_rows",
        "not_rows",
        "fill_down",
        "empty",
        "constants",
    ),
    *(
        "account",
        "account_rank",
        "account_words",
        "wallet_accounts",
        "clock",
        "zone",
        "day_in_order_id",
        "paid_statuses",
        "order_number",
        "order_id_is",
        "items",
        "whole_orders",
        "proofs",
        "note",
    ),
)
PATTERN = "re:"
CACHED_NAMES = 100_000


@lru_cache(CACHED_NAMES)
def fold(name: str) -> str:
    """A header name as it is compared: `动帐流水号 (元)` is `动账流水号(元)`."""
    return normalise(name).replace("帐", "账")


@dataclass(frozen=True)
class Layout:
    """One kind of file of one platform; the fields are the keys of its YAML file.

    `columns`: role to header names, the newest first, as written. `amount`: how the signed amount
    is computed (AMOUNTS). `total_rows`, `not_rows`: role to the words that mark such a row.
    `statement_total`: the column whose one value, on a row of its own, is the sum of the amounts.
    `sometimes`: roles and parts that some whole files lack.
    `account`: what several layouts tell alike, of which the one of the lowest rank counts;
    `account_words`: pattern of a movement's type to the account that such rows tell;
    `wallet_accounts`: the same by the wallet that a row names.
    `clock`, `zone`: the columns with the time of day and its zone, where the date is in another.
    `day_in_order_id`: the pattern of a day, yymmdd, in an order's number.
    `paid_statuses`: where a file has no time of payment, orders in these were paid when placed.
    `footer_required`: a file without the footer is cut off.
    `items`: the columns in which an order's items are packed, the keys that begin an item, and role
    to the pattern that finds it in an item's text.
    `whole_orders`: the role without which a row tells a whole order that rows by item tell again,
    and role to the words that such rows have.
    """

    name: str
    title: str
    platform: str
    kind: str
    trust: str
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    sometimes: tuple[str, ...] = ()
    row: str = "item"
    currency: str | None = None
    time_zone: str | None = None
    dates: tuple[str, ...] = ()
    decimal: str = "."
    quotes: bool = True
    absent: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    row_id: tuple[str, ...] = ()
    amount: dict = field(default_factory=dict)
    balance: str | None = None
    statement_total: str | None = None
    preamble: dict[str, str] = field(default_factory=dict)
    footer: str | None = None
    footer_required: bool = False
    footer_totals: dict[str, str] = field(default_factory=dict)
    total_rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    account: str | None = None
    account_rank: int = 1
    account_words: dict[str, str] = field(default_factory=dict)
    wallet_accounts: dict[str, str] = field(default_factory=dict)
    clock: str | None = None
    zone: str | None = None
    day_in_order_id: str | None = None
    paid_statuses: tuple[str, ...] = ()
    order_number: tuple[str, ...] = ()
    order_id_is: str | None = None
    items: dict = field(default_factory=dict)
    whole_orders: dict = field(default_factory=dict)
    proofs: tuple[str, ...] = ()
    note: str = ""
    # Header name to the names of later vintages that were learned.
    renamed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The declared raw table that its rows go to."""
        return TABLES[self.kind]

    @property
    def parts(self) -> dict[str, object]:
        """Header name to sign (1, -1 or "written") of a row with several amounts, else empty."""
        return self.amount.get("parts", {}).get("columns", {})

    @property
    def part_names(self) -> dict[str, str]:
        """Header name of a part to that of the column which names its amounts."""
        return self.amount.get("parts", {}).get("named_by", {})

    @property
    def further_names(self) -> tuple[str, ...]:
        """Header names that are read, but not as a role."""
        names = [*self.row_id, *self.parts]
        for key, value in self.amount.items():
            if key == "signed":
                names.append(value)
            elif key == "income_expense":
                names += value
            elif key in ("direction", "by_type"):
                names += [value["amount"], value["column"]]
            elif key == "parts" and "total" in value:
                total = value["total"]
                names += [total] if isinstance(total, str) else _names_in(total["direction"])
        names += filter(None, (self.balance, self.statement_total, self.clock, self.zone))
        names += (*self.part_names.values(), *self.items.get("columns", ()))
        return tuple(dict.fromkeys(names))

    def header_names(self) -> list[str]:
        """All header names that it knows, as written."""
        of_roles = [name for names in self.columns.values() for name in names]
        return list(dict.fromkeys((*of_roles, *self.further_names, *self.also)))

    def spelled(self, names: Iterable[str]) -> tuple[str, ...]:
        """These header names with those of learned vintages, which come first."""
        return tuple(one for name in names for one in (*self.renamed.get(name, ()), name))

    @cached_property
    def known(self) -> frozenset[str]:
        """Folded header names that it knows, without patterns."""
        names = self.spelled(self.header_names())
        return frozenset(fold(name) for name in names if not name.startswith(PATTERN))

    @cached_property
    def needed(self) -> list[tuple[str, ...]]:
        """For each thing that a file must have: the header names that can stand for it."""
        of_roles = [self.spelled(self.columns[role]) for role in self.required]
        return of_roles + [self.spelled((name,)) for name in self.needed_amounts]

    @property
    def needed_amounts(self) -> tuple[str, ...]:
        """The columns without which no amount can be told; of parts, the total or the first."""
        if not self.amount:
            return ()
        if self.parts:
            total = self.amount["parts"].get("total")
            return (total,) if isinstance(total, str) else ()
        return tuple(name for name in self.further_names if name in _amount_names(self.amount))


def _names_in(direction: dict) -> list[str]:
    return [direction["amount"], direction["column"]]


def _amount_names(amount: dict) -> tuple[str, ...]:
    (kind, value), *_ = amount.items()
    if kind == "signed":
        return (value,)
    return tuple(value) if kind == "income_expense" else tuple(_names_in(value))


@cache
def tables() -> dict[str, Table]:
    """The raw tables of exports, by name."""
    (source,) = load_sources([SOURCE])
    return {table.name: table for table in source.tables}


@cache
def layouts(folder: Path = LAYOUTS_DIR) -> dict[str, Layout]:
    """Every layout by name, with the vintages that were learned.

    Raises LandingError when a file is not as expected.
    """
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}
    for path in sorted((folder / "vintages").glob("*.yml")):
        document = _document(path)
        if document.get("layout") not in found:
            raise LandingError(f"{_shown(path)}: there is no layout {document.get('layout')!r}")
        found[document["layout"]] = _with_vintage(found[document["layout"]], document)
    return found


def _with_vintage(layout: Layout, vintage: dict) -> Layout:
    renamed = dict(layout.renamed)
    for old, new in (vintage.get("renamed") or {}).items():
        renamed[old] = (new, *renamed.get(old, ()))
    return replace(layout, renamed=renamed, also=(*layout.also, *(vintage.get("also") or ())))


def _document(path: Path) -> dict:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=YAML_LOADER) or {}
    except yaml.YAMLError as error:
        raise LandingError(f"{_shown(path)} is not valid YAML: {error}") from error


def _shown(path: Path) -> str:
    return path.relative_to(PROJECT_DIR).as_posix() if path.is_relative_to(PROJECT_DIR) else path


def _read(path: Path) -> Layout:
    given = _document(path)
    where = _shown(path)
    _check(given, where)
    columns = {role: _tuple(names) for role, names in given["columns"].items()}
    known = {name for name, kind in Layout.__dataclass_fields__.items() if name in KEYS}
    values = {key: _frozen(value) for key, value in given.items() if key in known}
    values |= {
        "columns": columns,
        "row_id": _tuple(given.get("row_id", ())),
        "amount": given.get("amount") or {},
        "preamble": given.get("preamble") or {},
        "constants": {role: str(value) for role, value in (given.get("constants") or {}).items()},
    }
    for key in ("total_rows", "not_rows"):
        values[key] = {role: _tuple(words) for role, words in (given.get(key) or {}).items()}
    return Layout(name=path.stem, **values)


def _check(given: dict, where: str) -> None:
    """Raise LandingError for what a layout cannot say."""
    unknown = [key for key in given if key not in KEYS]
    missing = [key for key in ("title", "platform", "kind", "trust", "columns") if key not in given]
    problems = [f"unknown key {key}" for key in unknown] + [f"{key} is missing" for key in missing]
    if given.get("kind") not in TABLES:
        problems.append(f"kind is {given.get('kind')!r}; it can be {', '.join(TABLES)}")
    else:
        roles = {column.name for column in tables()[TABLES[given["kind"]]].columns}
        named = [*given.get("columns", ()), *given.get("constants", ()), *given.get("preamble", ())]
        named = [role for role in named if role != "opening_balance"]
        named += (given.get("items") or {}).get("fields", ())
        whole = given.get("whole_orders") or {}
        named += [whole.get("without"), *whole.get("where", ())] if whole else []
        problems += [
            f"{role} is no column of {given['kind']}" for role in named if role not in roles
        ]
    for role in (*given.get("required", ()), *given.get("fill_down", ())):
        if role not in given.get("columns", ()):
            problems.append(f"{role} is required or filled, but stands in no column")
    if given.get("trust") not in TRUSTS:
        problems.append(f"trust is {given.get('trust')!r}; it can be {', '.join(TRUSTS)}")
    problems += [f"unknown proof {name}" for name in given.get("proofs", ()) if name not in PROOFS]
    amounts = [key for key in given.get("amount") or () if key not in AMOUNTS]
    problems += [f"amount cannot be {key}" for key in amounts]
    for pattern in _patterns(given):
        try:
            re.compile(pattern)
        except re.error as error:
            problems.append(f"{pattern!r} is no regular expression: {error}")
    if problems:
        raise LandingError(f"{where}: {'; '.join(problems)}")


def _patterns(given: dict) -> list[str]:
    found = [*(given.get("preamble") or {}).values(), *(given.get("footer_totals") or {}).values()]
    found += [given["footer"]] if given.get("footer") else []
    found += (given.get("items") or {}).get("fields", {}).values()
    found += [*(given.get("account_words") or ()), *(given.get("wallet_accounts") or ())]
    return found + list(given.get("order_number", ()))


def _tuple(value: object) -> tuple[str, ...]:
    return (str(value),) if not isinstance(value, (list, tuple)) else tuple(map(str, value))


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
