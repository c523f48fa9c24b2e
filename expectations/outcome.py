"""The outcome of an expectation, and its messages."""

import shlex
from dataclasses import dataclass
from datetime import date

SHOWN_FAULTS = 3
ACCEPT = "python -m expectations accept"


@dataclass(frozen=True)
class Fault:
    """A fault of one batch: its file, the finding, the rows concerned, the query for them.

    `lines` are the messages of its first odd rows; `row_numbers` gives them to the accept command,
    and is empty if the fault is not about single rows.
    """

    batch_id: int
    source_file: str
    finding: str
    rows: int
    query: str
    lines: tuple[str, ...] = ()
    row_numbers: str = ""

    @property
    def where(self) -> str:
        """The file and its batch; a repeated file without rows has no batch."""
        number = f"batch {self.batch_id}" if self.batch_id > 0 else "no batch, it holds no rows"
        return f"{self.source_file} ({number})"

    def accepted_by(self, table_name: str, _rule: str) -> tuple[str, ...]:
        """The commands that accept it, after their effect."""
        command = f"{ACCEPT} {table_name} {self.batch_id}"
        if not self.row_numbers:
            return (f"if it is right as it is: {command} --reason …",)
        return (
            f"if these rows are right: {command} --rows {self.row_numbers} --reason …",
            f"if the whole file is right as it is: {command} --reason …",
        )


@dataclass(frozen=True)
class Finding:
    """A finding of a mart's monitor: the day and the shop (or another part), and the numbers.

    A rule about the whole mart has no day.
    """

    day: date | None
    scope: str
    finding: str

    query = None
    lines = ()

    @property
    def where(self) -> str:
        """The day and the scope."""
        return ", ".join(part for part in (self.day and str(self.day), self.scope) if part)

    def accepted_by(self, table_name: str, rule: str) -> tuple[str, ...]:
        """The command that accepts it, after its effect."""
        day = f" {self.day}" if self.day else ""
        scope = f" --shop {shlex.quote(self.scope)}" if self.scope else ""
        return (f"if it is true: {ACCEPT} {table_name}{day}{scope} --rule {rule} --reason …",)


@dataclass(frozen=True)
class Outcome:
    """The outcome of one expectation of one table, with its faults."""

    table: str
    suite: str
    rule: str
    sentence: str
    passed: bool
    blocks: bool
    unexpected_rows: int | None
    query: str | None
    error: str | None
    faults: tuple[Fault | Finding, ...] = ()

    def message(self) -> str:
        """Batch or day, rule, finding, query and what to do."""
        lines = [f"{'failed' if self.blocks else 'warning'}: {self.table}: {self.sentence}"]
        if self.error:
            lines.append(f"  could not be evaluated: {self.error}")
        for fault in self.faults[:SHOWN_FAULTS]:
            lines.append(f"  {fault.where}: {fault.finding}")
            lines += [f"    {line}" for line in fault.lines]
            if fault.query:
                lines.append(f"    show them: {fault.query};")
        lines += self._more()
        if not self.faults and self.unexpected_rows is not None:
            lines.append(f"  {self.unexpected_rows:,} row(s) break this rule")
        # A finding says it in a sentence; the query behind it is a monitor's, not a reader's.
        if self.query and not self.faults:
            lines.append(f"  show them: {self.query};")
        lines += self._what_to_do()
        return "\n".join(lines)

    def _more(self) -> list[str]:
        left_out = len(self.faults) - SHOWN_FAULTS
        if left_out <= 0:
            return []
        if isinstance(self.faults[0], Finding):
            return [f"  and {left_out:,} more"]
        return [
            f"  and {left_out:,} more batches",
            "    show them: select * from operations.expectation_results where table_name ="
            f" '{self.name}' and rule = '{self.rule}' and outcome in ('warning', 'failed');",
        ]

    def _what_to_do(self) -> list[str]:
        if not self.faults or not self.blocks:
            # A warning needs no action; rows that are right can still be accepted.
            rows = [fault for fault in self.faults if isinstance(fault, Fault)][:1]
            return [
                f"  this stops nothing; {fault.accepted_by(self.name, self.rule)[0]}"
                for fault in rows
                if fault.row_numbers
            ]
        if isinstance(self.faults[0], Finding):
            return [
                f"  correct the files of that day and run again; {text}"
                for fault in self.faults[:SHOWN_FAULTS]
                for text in fault.accepted_by(self.name, self.rule)
            ]
        first, *others = self.faults[0].accepted_by(self.name, self.rule)
        return [
            f"  correct the file, send it again under the same name and run again; {first}",
            *(f"  {other}" for other in others),
        ]

    @property
    def name(self) -> str:
        """The table without its schema."""
        return self.table.split(".")[1]
