"""The declared sources: tables, columns and rules, read from the dbt source files."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ingest.errors import LandingError
from ingest.settings import PROJECT_DIR

SIMPLE_TYPES = ("varchar", "integer", "bigint", "double", "boolean", "date", "timestamp")
DECIMAL_TYPE = re.compile(r"decimal\((\d+), (\d+)\)")
DEFAULT_REJECT_LIMIT = 0.05
DEFAULT_SAME_KEY_LIMIT = 0.05
# What a text column holds decides how far its texts are cleaned (ingest/cleaning.py).
HELD = ("id", "word", "text", "time_zone", "currency")
ID_ENDINGS = ("_id", "_no", "_code", "phone")
# What `config.meta` may say of a source, a table, a column: any other key is a spelling mistake.
SOURCE_META = ("reject_limit", "same_key_limit", "decimal", "by_layout")
TABLE_META = (
    "files",
    "key",
    "parts",
    "values",
    "products",
    "spans",
    "measured",
    "decimal",
    "personal_data",
)
COLUMN_META = (
    "required",
    "required_column",
    "aliases",
    "multi_line",
    "holds",
    "trailing_zeros",
    "one_of",
    "means",
    "between",
)
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Column:
    """A declared column; `data_type` is one of SIMPLE_TYPES or `decimal(p, s)`.

    `holds` is one of HELD: names, titles and free text are `text`, a value out of a short list is
    a `word`. `one_of`: the allowed words, in lower case; () if they are not fixed. `means`:
    synonyms of these, in lower case. `trailing_zeros`: its long ids may end in zeros. `between`:
    the smallest and the largest allowed number; None: no limit.
    """

    name: str
    data_type: str
    required: bool = False
    required_column: bool = False
    aliases: tuple[str, ...] = ()
    multi_line: bool = False
    holds: str = "text"
    trailing_zeros: bool = False
    one_of: tuple[str, ...] = ()
    means: dict[str, str] = field(default_factory=dict, hash=False)
    between: tuple[float | None, float | None] | None = None

    @property
    def is_number(self) -> bool:
        """Whether the column is declared as a number."""
        return self.data_type in ("integer", "bigint", "double") or self.decimal_size is not None

    @property
    def decimal_size(self) -> tuple[int, int] | None:
        """Precision and scale of a decimal, else None."""
        match = DECIMAL_TYPE.fullmatch(self.data_type)
        return (int(match[1]), int(match[2])) if match else None


@dataclass(frozen=True)
class Table:
    """A declared table: `raw_name` in schema raw, `stem` of its file names ("*": any).

    `parts` identify the parts of a key, ("all",): each row counts; `values` distinguish rows of one
    part and version; both (): one row counts. `products` are pairs of columns that are multiplied
    later: the product must be a valid amount. `spans` are pairs of times, the start and the end.
    `decimal_sign` is the sign before the decimals in its text files; None: none is declared.
    """

    source: str
    name: str
    raw_name: str
    stem: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    reject_limit: float
    declared_in: str
    parts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    products: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[str, str], ...] = ()
    same_key_limit: float = DEFAULT_SAME_KEY_LIMIT
    # The columns measured by expectations: expectations/profiles.py.
    measured: dict = field(default_factory=dict, compare=False)
    decimal_sign: str | None = None
    # Its files are known by their header: ingest/exports.
    by_layout: bool = False

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Source:
    """A declared source and its tables, in the order of its file.

    `by_layout`: its files are known by their header, not by their name.
    """

    name: str
    tables: tuple[Table, ...]
    by_layout: bool = False


def declared_source_files(project_dir: Path = PROJECT_DIR) -> dict[str, Path]:
    """The source file of every source that the project declares."""
    found = sorted((project_dir / "models" / "staging").glob("*/_*__sources.yml"))
    return {path.parent.name: path for path in found}


def load_sources(names: list[str], project_dir: Path = PROJECT_DIR) -> list[Source]:
    """The named sources.

    Raises LandingError when a name is not declared or a source file is not as expected.
    """
    files = declared_source_files(project_dir)
    unknown = [name for name in names if name not in files]
    if unknown:
        raise LandingError(
            f"unknown source {', '.join(unknown)}; the declared ones are {', '.join(files)}"
        )
    if not names:
        raise LandingError(f"no source is named; the declared ones are {', '.join(files)}")
    return [_read_source(name, files[name], project_dir) for name in names]


def _read_source(name: str, path: Path, project_dir: Path) -> Source:
    shown = path.relative_to(project_dir).as_posix()
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=YAML_LOADER)
    except yaml.YAMLError as error:
        raise LandingError(f"{shown} is not valid YAML: {error}") from error
    for source in (document or {}).get("sources") or []:
        if source.get("name") == name:
            of_source = _meta(source, SOURCE_META, f"{shown}: {name}")
            tables = tuple(
                _read_table(name, of_source, table, shown) for table in source.get("tables") or []
            )
            return Source(name, tables, bool(of_source.get("by_layout", False)))
    raise LandingError(f"{shown} does not declare the source {name}")


def _read_table(source: str, of_source: dict, table: dict, shown: str) -> Table:
    name = table["name"]
    meta = _meta(table, TABLE_META, f"{shown}: {name}")
    parts = meta.get("parts", ())
    decimal_sign = meta.get("decimal", of_source.get("decimal"))
    if decimal_sign not in (None, ".", ","):
        raise LandingError(f'{shown}: {name}: decimal is {decimal_sign!r}; it can be "." or ","')
    columns = tuple(_read_column(column, f"{shown}: {name}") for column in table["columns"])
    return Table(
        source=source,
        name=name,
        raw_name=table.get("identifier", name),
        stem=str(meta.get("files", name)),
        key=tuple(meta.get("key", ())),
        columns=columns,
        reject_limit=float(of_source.get("reject_limit", DEFAULT_REJECT_LIMIT)),
        declared_in=shown,
        parts=(parts,) if isinstance(parts, str) else tuple(parts),
        values=tuple(meta.get("values", ())),
        products=tuple((one, other) for one, other in meta.get("products", ())),
        spans=tuple((first, last) for first, last in meta.get("spans", ())),
        same_key_limit=float(of_source.get("same_key_limit", DEFAULT_SAME_KEY_LIMIT)),
        measured=dict(meta.get("measured") or {}),
        decimal_sign=decimal_sign,
        by_layout=bool(of_source.get("by_layout", False)),
    )


def _read_column(column: dict, where: str) -> Column:
    meta = _meta(column, COLUMN_META, f"{where}.{column['name']}")
    data_type = str(column.get("data_type", "")).lower()
    data_type = re.sub(r"^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$", r"decimal(\1, \2)", data_type)
    if data_type not in SIMPLE_TYPES and not DECIMAL_TYPE.fullmatch(data_type):
        raise LandingError(
            f"{where}.{column['name']}: landing does not know the type {data_type!r};"
            f" use {', '.join(SIMPLE_TYPES)} or decimal(p, s)"
        )
    name = str(column["name"])
    by_name = "id" if name == "id" or name.endswith(ID_ENDINGS) else "text"
    holds = str(meta.get("holds", by_name if data_type == "varchar" else "text"))
    if holds not in HELD:
        raise LandingError(f"{where}.{name}: holds is {holds!r}; it can be {', '.join(HELD)}")
    return Column(
        name=name,
        data_type=data_type,
        required=bool(meta.get("required", False)),
        required_column=bool(meta.get("required_column", False)),
        aliases=tuple(str(alias) for alias in meta.get("aliases", ())),
        multi_line=bool(meta.get("multi_line", False)),
        holds=holds,
        trailing_zeros=bool(meta.get("trailing_zeros", False)),
        one_of=tuple(meta.get("one_of", ())),
        means={other: word for word, others in meta.get("means", {}).items() for other in others},
        between=tuple(meta["between"]) if "between" in meta else None,
    )


def _meta(node: dict, known: tuple[str, ...], where: str) -> dict:
    """What the node's `config.meta` says; raises LandingError for an unknown key."""
    meta = (node.get("config") or {}).get("meta") or {}
    for key in meta:
        if key not in known:
            raise LandingError(f"{where}: meta has the key {key!r}; it can have {', '.join(known)}")
    return meta
