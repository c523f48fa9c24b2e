"""How an expectation came out, and the words for it."""

from dataclasses import dataclass

SHOWN_BATCHES = 3


@dataclass(frozen=True)
class Fault:
    """What is wrong with one batch: its file, how it shows, rows concerned, the query for them."""

    batch_id: int
    source_file: str
    finding: str
    rows: int
    query: str

    @property
    def batch(self) -> str:
        """The file and its batch; a file without rows that was sent before takes no batch."""
        number = f"batch {self.batch_id}" if self.batch_id > 0 else "no batch, it holds no rows"
        return f"{self.source_file} ({number})"


@dataclass(frozen=True)
class Outcome:
    """How one expectation of one table came out; `faults` are of raw tables only."""

    table: str
    suite: str
    rule: str
    sentence: str
    passed: bool
    blocks: bool
    unexpected_rows: int | None
    query: str | None
    error: str | None
    faults: tuple[Fault, ...] = ()

    def message(self) -> str:
        """Which batch, which rule, how many rows, the query that shows them, and what to do."""
        lines = [f"{'failed' if self.blocks else 'warning'}: {self.table}: {self.sentence}"]
        if self.error:
            lines.append(f"  could not be evaluated: {self.error}")
        for fault in self.faults[:SHOWN_BATCHES]:
            lines += [f"  {fault.batch}: {fault.finding}", f"    show them: {fault.query};"]
        if len(self.faults) > SHOWN_BATCHES:
            lines += [
                f"  and {len(self.faults) - SHOWN_BATCHES:,} more batches",
                "    show them: select * from operations.expectation_results where table_name ="
                f" '{self.name}' and rule = '{self.rule}' and outcome in ('warning', 'failed');",
            ]
        if not self.faults and self.unexpected_rows is not None:
            lines.append(f"  {self.unexpected_rows:,} row(s) say otherwise")
        if not self.faults and self.query:
            lines.append(f"  show them: {self.query};")
        if self.faults and self.blocks:
            lines.append(
                "  correct the file, send it again under the same name and run again; if it is"
                f" right as it is: python -m expectations accept {self.name}"
                f" {self.faults[0].batch_id} --reason …"
            )
        return "\n".join(lines)

    @property
    def name(self) -> str:
        """The table without its schema."""
        return self.table.split(".")[1]
