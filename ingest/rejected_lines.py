"""The text of rejected rows, for raw.rejected_rows."""

from collections.abc import Iterator

from ingest.candidate import Candidate
from ingest.conversion import literal, quoted
from ingest.declarations import Table
from ingest.physical_lines import line_texts
from ingest.run import Run
from ingest.text_reader import append_rows

FETCHED_ROWS = 10_000


def collect_rejected_lines(run: Run, table: Table, spoiled: list[Candidate]) -> None:
    """Fill scratch.rejected_lines with the rejected rows of these files: lines, or rows as JSON."""
    run.con.execute("""
        create or replace table scratch.rejected_lines (
            _file_no integer, _line_number bigint, _line_count integer, _problem varchar,
            _problem_column varchar, text varchar
        )
    """)
    lines = (
        row for candidate in spoiled if candidate.is_text for row in _rejected_lines(run, candidate)
    )
    append_rows(run.con, ["text"], lines, "scratch.rejected_lines")
    cells = ", ".join(f"{literal(column.name)}: {quoted(column.name)}" for column in table.columns)
    numbers = [candidate.file_no for candidate in spoiled if not candidate.is_text]
    run.con.execute(
        f"""
        insert into scratch.rejected_lines by name
        select _file_no, _line_number, to_json({{{cells}}})::varchar as text
        from scratch.texts as texts
        semi join scratch.typed as typed
            on texts._file_no = typed._file_no
            and texts._line_number = typed._line_number
            and typed._problem is not null
        where list_contains($numbers, _file_no)
        qualify row_number() over (partition by _file_no, _line_number) = 1
        """,
        {"numbers": numbers},
    )


def _rejected_lines(run: Run, candidate: Candidate) -> Iterator[tuple]:
    """Rows for scratch.rejected_lines; a record of several lines comes whole."""
    cursor = run.con.cursor()
    cursor.execute(
        """
        select _line_number, _line_count from scratch.typed
        where _file_no = ? and _problem is not null order by _line_number
        """,
        [candidate.file_no],
    )
    spans = (span for rows in iter(lambda: cursor.fetchmany(FETCHED_ROWS), []) for span in rows)
    for first, text in line_texts(candidate.read_path, candidate.encoding, spans):
        yield candidate.file_no, first, None, None, None, text
    cursor.close()
