"""What a proof of a file's amounts is, and how it is told."""

from dataclasses import dataclass

from ingest.exports.candidate import ExportCandidate

PROVED, NOT_PROVED = "proved", "not proved"


@dataclass(frozen=True)
class Proof:
    """A proof that was tried: its name, whether it holds, and what was seen; or a refusal."""

    name: str
    result: str
    detail: str
    refusal: str | None = None


def files_of(members: list[ExportCandidate]) -> str:
    """SQL for the file numbers of candidates."""
    return "(" + ", ".join(str(one.file_no) for one in members) + ")"
