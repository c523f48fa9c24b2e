"""What a proof of a file's amounts is, and how it is told."""

from dataclasses import dataclass

PROVED, NOT_PROVED = "proved", "not proved"


@dataclass(frozen=True)
class Proof:
    """A proof that was tried: its name, whether it holds, and what was seen; or a refusal."""

    name: str
    result: str
    detail: str
    refusal: str | None = None
