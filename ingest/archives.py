"""Zip archives: their members with readable names, and one member's content.

Nothing is ever written under a name that an archive gives.
"""

import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import FileRefused

CHUNK_BYTES = 1 << 20
MAX_MEMBERS = 10_000
# Text packs to a tenth, repetitive text to a fiftieth. A higher ratio is a zip bomb.
SUSPICIOUS_BYTES = 64 << 20
SUSPICIOUS_RATIO = 200
UTF8_NAME, ENCRYPTED = 0x800, 0x1


@dataclass(frozen=True)
class Member:
    """A file in an archive: its position there, and its name with slashes."""

    position: int
    name: str

    @property
    def leads_out(self) -> bool:
        """Whether the name is absolute or leads out of the archive."""
        parts = self.name.split("/")
        return ".." in parts or not parts[0] or parts[0].endswith(":")


def members_of(path: Path) -> list[Member]:
    """The files of an archive, without folders; raises FileRefused when it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused(f"not a whole zip archive ({error}); pack it again") from error
    if len(infos) > MAX_MEMBERS:
        raise FileRefused(f"more than {MAX_MEMBERS:,} files in one archive; unpack it here")
    members, seen = [], set()
    for position, info in enumerate(infos):
        if info.is_dir():
            continue
        name = _readable_name(info)
        # Two members with one name would be one file in the log.
        while name in seen:
            name += "~"
        seen.add(name)
        members.append(Member(position, name))
    return members


def extract(path: Path, member: Member, target: Path) -> None:
    """Write a member's content to `target`; raises FileRefused with what is wrong."""
    if member.leads_out:
        raise FileRefused("its name leads out of the archive; pack it again without such names")
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.infolist()[member.position]
            _refuse_unpackable(info, target.parent)
            with archive.open(info) as source, open(target, "wb") as plain:
                shutil.copyfileobj(source, plain, CHUNK_BYTES)
    except NotImplementedError as error:
        raise FileRefused(f"packed in a way that cannot be read here ({error})") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, IndexError, ValueError) as error:
        raise FileRefused(f"the zip archive is damaged ({error}); pack it again") from error


def _refuse_unpackable(info: zipfile.ZipInfo, folder: Path) -> None:
    if info.flag_bits & ENCRYPTED:
        raise FileRefused("the archive asks for a password; put the unpacked file here")
    packed = max(1, info.compress_size)
    if info.file_size > SUSPICIOUS_BYTES and info.file_size > SUSPICIOUS_RATIO * packed:
        raise FileRefused(
            f"{info.file_size >> 20:,} MiB are packed into {packed >> 10:,} KiB,"
            " more than any export; put the unpacked file here if it is one"
        )
    if info.file_size > shutil.disk_usage(folder).free:
        raise FileRefused(f"no room to unpack its {info.file_size >> 20:,} MiB")


def _readable_name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without marking it."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
