"""The output of a landing run: progress, one message per problem, and a summary."""

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

TERMINAL_SECONDS = 1.0
LOG_SECONDS = 15.0


@dataclass
class TableCounts:
    """Files and rows of one raw table in this run."""

    landed_files: int = 0
    unchanged_files: int = 0
    refused_files: int = 0
    rows_read: int = 0
    rows_landed: int = 0
    rows_rejected: int = 0


@dataclass
class LandingReport:
    """The outcome of a run; messages are complete sentences for people."""

    tables: dict[str, TableCounts] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    # Files dated after the day up to which the run was asked to land.
    left_for_later: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def total(self) -> TableCounts:
        """The counts of all tables together."""
        total = TableCounts()
        for counts in self.tables.values():
            for name, value in vars(counts).items():
                setattr(total, name, getattr(total, name) + value)
        return total

    @property
    def exit_code(self) -> int:
        """1 when a file was refused, else 0."""
        return 1 if self.refusals else 0

    def summary(self) -> str:
        """The counts as a small table."""
        heads = ("table", "landed", "unchanged", "refused", "rows read", "landed", "rejected")
        rows = [
            (name, *(f"{value:,}" for value in vars(counts).values()))
            for name, counts in (*self.tables.items(), ("all", self.total))
            if name == "all" or any(vars(counts).values())
        ]
        widths = [max(len(row[index]) for row in (heads, *rows)) for index in range(len(heads))]
        lines = []
        for row in (heads, *rows):
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            lines.append("  ".join(cells))
        if self.left_for_later:
            count = len(self.left_for_later)
            lines.append(
                f"{'1 file' if count == 1 else f'{count:,} files'} of later days skipped,"
                f" the first is {self.left_for_later[0]}"
            )
        return "\n".join(lines)


class Progress:
    """Prints progress now and then: in place on a terminal, sparse lines elsewhere."""

    def __init__(self, total_files: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._interval = TERMINAL_SECONDS if self._terminal else LOG_SECONDS
        self._total = total_files
        self._files = self._rows = 0
        self._shown_at = time.monotonic()
        self._line_open = False

    def advance(self, files: int = 0, rows: int = 0, table: str = "") -> None:
        """Count finished files and rows."""
        self._files += files
        self._rows += rows
        if time.monotonic() - self._shown_at < self._interval:
            return
        self._shown_at = time.monotonic()
        text = f"landing {table}: {self._files:,} of {self._total:,} files, {self._rows:,} rows"
        if self._terminal:
            self._stream.write(f"\r\033[K{text}")
            self._line_open = True
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def say(self, message: str) -> None:
        """Print a message on a line of its own."""
        self.close()
        self._stream.write(message + "\n")
        self._stream.flush()

    def close(self) -> None:
        """End the line that is shown in place."""
        if self._line_open:
            self._stream.write("\r\033[K")
            self._line_open = False
