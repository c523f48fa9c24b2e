"""The generator's options, and their validation."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

# Raised whenever the same options give other rows than before.
VERSION = 5

DEFAULT_SEED = 20240701
DEFAULT_FIRST_DAY = date(2024, 7, 1)
DEFAULT_DAYS = 730

PLAIN, PLATFORM_FILES = "plain", "platform files"

# Row numbers are spread over 32 bits; past this scale they would repeat.
LARGEST_SCALE = 1000
# The festivals of four years have numbers of their own.
MOST_DAYS = 1200


class SampleBrandError(Exception):
    """A problem that the user can fix; the message says what, where and how."""


@dataclass(frozen=True)
class Options:
    """What to generate and where to put it.

    scale: 1 is about 60,000 orders in 730 days. days: the number of days from first_day on.
    form: PLAIN, or PLATFORM_FILES, which its platforms would give.
    """

    landing_dir: Path
    warehouse_dir: Path
    scale: float = 1.0
    seed: int = DEFAULT_SEED
    first_day: date = DEFAULT_FIRST_DAY
    days: int = DEFAULT_DAYS
    form: str = PLAIN

    def __post_init__(self) -> None:
        if not math.isfinite(self.scale) or not 0 < self.scale <= LARGEST_SCALE:
            raise SampleBrandError(
                f"scale is {self.scale:g}; give a number above 0 and up to {LARGEST_SCALE} "
                "(1 is about 60,000 orders)"
            )
        if not 0 <= self.seed < 2**31:
            raise SampleBrandError(f"seed is {self.seed}; give a whole number from 0 to 2147483647")
        if not 1 <= self.days <= MOST_DAYS:
            raise SampleBrandError(
                f"days is {self.days}; give a whole number from 1 to {MOST_DAYS}"
            )
        if not 2000 <= self.first_day.year <= 2090:
            raise SampleBrandError(f"first day is {self.first_day}; give one from 2000 to 2090")

    @property
    def last_day(self) -> date:
        """The last day that is exported."""
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def folder_option(self) -> str:
        """The command line's option for the folder, to name in messages."""
        return "--landing-dir" if self.form == PLAIN else "--target"

    @property
    def order_target(self) -> int:
        """How many orders to aim for."""
        return max(1, round(60_000 * self.scale * self.days / 730))

    @property
    def identity(self) -> dict[str, object]:
        """The options that determine every byte of the output; the marker file has them."""
        form = {} if self.form == PLAIN else {"form": self.form}
        return form | {
            "scale": self.scale,
            "seed": self.seed,
            "first_day": self.first_day.isoformat(),
            "days": self.days,
            "version": VERSION,
        }
