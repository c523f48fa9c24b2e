"""Which files in the landing folder belong to which table."""

import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.archives import Member, members_of
from ingest.declarations import Source, Table
from ingest.errors import FileRefused
from ingest.file_dates import day_in_name

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
TEXT_FORMATS = ("csv", "jsonl")
# Not read as a table: an archive that cannot be opened, or one inside another, is refused.
ARCHIVE = "zip"
# Browsers name a second download `orders (1).csv` or `orders[1].csv`.
SEPARATOR = re.compile(r"[._\-\d (\[（]")
IGNORED_ENDINGS = (".tmp", ".part", "thumbs.db", "desktop.ini")
IGNORED_STARTS = (".", "~$", "__MACOSX")


@dataclass(frozen=True)
class FoundFile:
    """A file for a table; `name` is its path relative to the landing folder, with slashes.

    A `member` of an archive, whose path is `path`, is named by the archive's name and its own.
    """

    path: Path
    name: str
    format: str
    gzipped: bool
    member: Member | None = None


@dataclass
class Discovery:
    """Files per table in natural order of their names, and the files without a table.

    `exports` are files whose table their header tells.
    """

    files: dict[Table, list[FoundFile]] = field(default_factory=dict)
    exports: list[FoundFile] = field(default_factory=list)
    not_taken: list[str] = field(default_factory=list)

    def leave_for_later(self, until: date) -> list[str]:
        """Remove the files dated after a day, and return their names, the first day first."""
        later = {
            file.name: day
            for files in self.files.values()
            for file in files
            if (day := day_in_name(file.name)) is not None and day > until
        }
        for table, files in self.files.items():
            self.files[table] = [file for file in files if file.name not in later]
        return sorted(later, key=lambda name: (later[name], name))


def discover(sources: list[Source], landing_dir: Path, declared_names: set[str]) -> Discovery:
    """Assign the files below `landing_dir` to tables.

    A source's files are in its folder. Files that lie loose in the landing folder itself are taken
    when exactly one enabled table matches; with one source and no folder of its name, the landing
    folder is the source's folder. Folders of other declared sources are left alone.
    """
    only_exports = all(source.by_layout for source in sources)
    sources = [source for source in sources if not source.by_layout]
    result = Discovery({table: [] for source in sources for table in source.tables})
    if only_exports:
        return result
    tables = [table for source in sources for table in source.tables]
    own_folders = {source.name for source in sources if (landing_dir / source.name).is_dir()}
    top_is_source = len(sources) == 1 and not own_folders

    for source in sources:
        if source.name in own_folders:
            _share_out(landing_dir / source.name, source.tables, landing_dir, result)
    for entry in sorted(os.scandir(landing_dir), key=lambda entry: entry.name):
        if ignored(entry.name) or entry.name in own_folders:
            continue
        if top_is_source and not (entry.is_dir() and entry.name in declared_names):
            _share_out_entry(entry, sources[0].tables, landing_dir, result)
        elif entry.is_file():
            _share_out_entry(
                entry, [table for table in tables if table.stem != "*"], landing_dir, result
            )
        elif entry.name not in declared_names:
            result.not_taken.append(entry.name + "/")
    for files in result.files.values():
        files.sort(key=lambda file: natural_key(file.name))
    return result


def natural_key(name: str) -> list:
    """A sort key under which `part9` comes before `part10`."""
    pieces = re.split(r"(\d+)", name)
    return [(int(piece), piece) if index % 2 else piece for index, piece in enumerate(pieces)]


def expected_names(table: Table) -> str:
    """The names that a table's files may have, for messages."""
    return "any data file" if table.stem == "*" else f"{table.stem}*.csv"


def _share_out(folder: Path, tables, landing_dir: Path, result: Discovery) -> None:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if not ignored(entry.name):
            _share_out_entry(entry, tables, landing_dir, result)


def _share_out_entry(entry: os.DirEntry, tables, landing_dir: Path, result: Discovery) -> None:
    if entry.is_dir():
        owners = [table for table in tables if table.stem in ("*", entry.name.casefold())]
        if len(owners) == 1:
            _take_folder(Path(entry.path), owners[0], landing_dir, result)
        else:
            result.not_taken.append(relative(entry.path, landing_dir) + "/")
        return
    _share_out_file(Path(entry.path), _owner(entry.name, tables), tables, landing_dir, result)


def _share_out_file(
    path: Path, owner: Table | None, tables, landing_dir: Path, result: Discovery
) -> None:
    name = relative(path, landing_dir)
    if path.name.casefold().endswith(".zip"):
        _share_out_archive(path, name, owner, tables, result)
        return
    file = _found(path, name)
    if owner is None or file is None:
        result.not_taken.append(name)
    else:
        result.files[owner].append(file)


def _share_out_archive(
    path: Path, name: str, owner: Table | None, tables, result: Discovery
) -> None:
    """Members belong to the archive's table; without one, to that of their own names."""
    try:
        members = members_of(path)
    except FileRefused:
        members = None
    if not members:
        if owner is None:
            result.not_taken.append(name)
        else:
            result.files[owner].append(FoundFile(path, name, ARCHIVE, False))
        return
    for member in members:
        parts = member.name.split("/")
        if any(map(ignored, parts)) and not member.leads_out:
            continue
        table = owner or _owner(parts[-1], tables) or _owner_of_folders(parts[:-1], tables)
        shown = f"{name}/{member.name}"
        file = _found(path, shown, member)
        if table is None or file is None:
            result.not_taken.append(shown)
        else:
            result.files[table].append(file)


def _owner_of_folders(folders: list[str], tables) -> Table | None:
    for folder in reversed(folders):
        owners = [table for table in tables if table.stem.casefold() == folder.casefold()]
        if len(owners) == 1:
            return owners[0]
    return None


def _take_folder(folder: Path, table: Table, landing_dir: Path, result: Discovery) -> None:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not ignored(name)]
        for name in names:
            if ignored(name):
                continue
            _share_out_file(Path(parent, name), table, (table,), landing_dir, result)


def _owner(name: str, tables) -> Table | None:
    """The table whose stem matches best; None when none or several tables do."""
    lower = name.casefold()
    matching = [table for table in tables if _stem_matches(lower, table.stem.casefold())]
    longest = max((len(table.stem) for table in matching), default=0)
    best = [table for table in matching if len(table.stem) == longest]
    return best[0] if len(best) == 1 else None


def _stem_matches(name: str, stem: str) -> bool:
    if stem == "*":
        return True
    return name.startswith(stem) and SEPARATOR.match(name[len(stem) :]) is not None


def _found(path: Path, shown: str, member: Member | None = None) -> FoundFile | None:
    """The file with its format; None when its ending is not one that landing reads."""
    name = (member.name if member else path.name).casefold()
    if member is not None and name.endswith(".zip"):
        return FoundFile(path, shown, ARCHIVE, False, member)
    gzipped = name.endswith(".gz")
    ending = os.path.splitext(name.removesuffix(".gz"))[1]
    file_format = FORMATS.get(ending)
    if file_format is None or (gzipped and file_format not in TEXT_FORMATS):
        return None
    return FoundFile(path, shown, file_format, gzipped, member)


def relative(path: str | Path, landing_dir: Path) -> str:
    """The name of a file below the landing folder, with slashes."""
    # Names that are not UTF-8 would become lone surrogates, which DuckDB cannot store.
    relative = os.fsencode(Path(path).relative_to(landing_dir))
    return relative.decode("utf-8", "backslashreplace")


def ignored(name: str) -> bool:
    """Whether a file or folder of this name is a program's own, or not whole yet."""
    return name.startswith(IGNORED_STARTS) or name.casefold().endswith(IGNORED_ENDINGS)
