"""The landing folder: its owner, and how a finished sample moves into it in one rename."""

import json
import os
import shutil
from enum import Enum
from pathlib import Path

from ingest.sample_brand.options import Options, SampleBrandError

MARKER = ".sample_brand.json"


class Owner(Enum):
    """The owner of a landing folder's files."""

    NONE = "none"
    USER = "user"
    SAME_SAMPLE = "same sample"


def owner_of(options: Options) -> Owner:
    """Find the owner of the landing folder; raise when it has another sample."""
    folder = options.landing_dir
    if folder.exists() and not folder.is_dir():
        raise SampleBrandError(
            f"{folder} is a file, not a folder; give another {options.folder_option}"
        )
    marker = folder / MARKER
    if not marker.exists():
        return _owner_without_marker(options)
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SampleBrandError(
            f"{marker} cannot be read ({error}); delete {folder} and run again"
        ) from error
    if found == options.identity:
        return Owner.SAME_SAMPLE
    raise SampleBrandError(
        f"{folder} holds another sample brand ({_differences(found, options.identity)}); "
        f"give another WAREHOUSE_DIR, or delete {folder} and what was built from it"
    )


def _owner_without_marker(options: Options) -> Owner:
    folder = options.landing_dir
    if not folder.exists():
        return Owner.NONE
    hidden = None
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        if not path.name.startswith("."):
            return Owner.USER
        hidden = hidden or path
    if hidden:
        raise SampleBrandError(
            f"{folder} is not empty: it holds {hidden.relative_to(folder)}, which the sample did "
            f"not write; remove it or give another {options.folder_option}"
        )
    return Owner.NONE


def _differences(found: object, wanted: dict[str, object]) -> str:
    if not isinstance(found, dict):
        return "its marker is not an object"
    pairs = [
        f"{name} {found.get(name)}, asked for {value}"
        for name, value in wanted.items()
        if found.get(name) != value
    ]
    return "; ".join(pairs) or "made by another version"


def work_folder(options: Options) -> Path:
    """The hidden folder beside the landing folder in which a sample grows."""
    folder = options.landing_dir
    return folder.parent / f".{folder.name}.sample_brand"


def start_over(options: Options) -> Path:
    """Make an empty work folder; leftovers of a killed run are removed."""
    work = work_folder(options)
    try:
        shutil.rmtree(work, ignore_errors=False) if work.exists() else None
        work.mkdir(parents=True)
    except OSError as error:
        raise SampleBrandError(
            f"cannot write beside {options.landing_dir}: {error.strerror} ({error.filename})"
        ) from error
    return work


def put_in_place(options: Options, landing: Path, truth: Path | None = None) -> None:
    """Move a finished sample to its place: the truth, if it has one, then the landing folder."""
    marker = landing / MARKER
    marker.write_text(json.dumps(options.identity) + "\n", encoding="utf-8")
    if truth is not None:
        truth_dir = truth_folder(options)
        truth_dir.parent.mkdir(parents=True, exist_ok=True)
        if truth_dir.exists():
            shutil.rmtree(truth_dir)
        shutil.move(truth, truth_dir)
    try:
        _remove_empty_folders(options.landing_dir)
        os.rename(landing, options.landing_dir)
    except OSError as error:
        raise SampleBrandError(
            f"cannot put the sample at {options.landing_dir}: {error.strerror}; "
            f"give a {options.folder_option} that does not exist yet, inside a folder that may be "
            "written"
        ) from error


def truth_folder(options: Options) -> Path:
    """The folder of the sample's ground truth; it never lands."""
    return options.warehouse_dir / "sample_brand_truth"


def _remove_empty_folders(folder: Path) -> None:
    if not folder.exists():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir()
    folder.rmdir()
