"""Payments landed day by day, generated without files, as input for the gates."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from expectations.outcome import Outcome
from expectations.runner import run
from ingest.declarations import load_sources
from ingest.raw_tables import create_raw_tables

# A Wednesday without a holiday or festival in any country.
DAY = date(2024, 4, 24)
TABLE = next(table for table in load_sources(["oms"])[0].tables if table.raw_name == "payments")
USUAL = {
    "payment_id": "_source_file || i",
    "platform": "'own_shop'",
    "order_id": "'o' || i",
    "stage": "'full'",
    "method": "'card'",
    "amount": "100",
    "status": "'succeeded'",
    "updated_at": "day + interval 9 hour",
}


@dataclass
class RawBatches:
    """The raw table of payments in a working file; every file is a batch."""

    path: Path

    def __post_init__(self) -> None:
        self.con = duckdb.connect(str(self.path))
        create_raw_tables(self.con, [TABLE])

    def send(
        self,
        *days: date,
        rows: int = 100,
        rejected: int = 0,
        folder: str = "payments",
        name: str | None = None,
        **columns: str,
    ) -> None:
        """Land a file for each day; columns are SQL over the row number i and the file's day."""
        values = USUAL | columns
        listed = ", ".join(f"{value} as {column}" for column, value in values.items())
        self.con.execute(
            """
            create or replace temp table sent as
            select day, (select coalesce(max(_batch_id), 0) from raw.load_log)
                + row_number() over () as _batch_id,
                coalesce($name, $folder || '/' || day || '.csv') as _source_file
            from (select unnest($days::date[]) as day)
            """,
            {"days": list(days), "folder": folder, "name": name},
        )
        self.con.execute(f"""
            insert into raw.payments by name
            select _batch_id, now()::timestamp as _loaded_at, _source_file, i + 2 as _source_row,
                {listed}
            from sent, range({rows}) as numbers(i)
        """)
        self.con.execute(f"""
            insert into raw.load_log by name
            select _batch_id, 'oms' as source, 'payments' as table_name,
                _source_file as source_file, 'sha' || _batch_id as file_sha256,
                'landed' as status, {rows + rejected} as rows_read, {rows} as rows_landed,
                {rejected} as rows_rejected
            from sent
        """)

    def judge(self) -> list[Outcome]:
        """The failed expectations; no other connection may have the file open."""
        self.con.close()
        outcomes = run("raw", self.path, ["oms"])
        self.con = duckdb.connect(str(self.path))
        return [outcome for outcome in outcomes if not outcome.passed]

    def query(self, sql: str) -> list[tuple]:
        """Query the working file."""
        return self.con.execute(sql).fetchall()


def days_before(day: date, *ago: int) -> list[date]:
    """The days so many days before."""
    return [day - timedelta(days=days) for days in ago]
