"""Accounts that are nobody's: systems write 0 or a word for a guest, and so make one big customer.

Whether `0` is nobody or somebody only the brand can say, so it is said here and decided in the
declaration (`empty_words`).
"""

import duckdb

from ingest.conversion import literal, quoted
from ingest.declarations import Table

ACCOUNT = "account_id"
NOBODY = ("0", "-1", "guest", "anonymous", "unknown", "游客", "匿名", "匿名用户", "散客")
# One order of an account says nothing; a second one is a customer who came back.
SUSPICIOUS_ROWS = 2


def nobody_named(con: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """Warnings about accounts in scratch.typed that are probably nobody's."""
    columns = {column.name for column in table.columns}
    if ACCOUNT not in columns or ACCOUNT in table.key:
        return []
    words = ", ".join(map(literal, NOBODY))
    found = con.execute(f"""
        select lower({quoted(ACCOUNT)}) as word, count(*)
        from scratch.typed
        where strlen({quoted(ACCOUNT)}) <= 12 and lower({quoted(ACCOUNT)}) in ({words})
        group by all having count(*) >= {SUSPICIOUS_ROWS} order by 1
    """).fetchall()
    return [
        f"{table.raw_name}: {rows:,} rows name the account {word!r}, which systems write for"
        " guests; if it is nobody's, declare"
        f" empty_words: [{word!r}] for {ACCOUNT} in {table.declared_in}"
        for word, rows in found
    ]
