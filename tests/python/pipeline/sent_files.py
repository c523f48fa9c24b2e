"""Odd files, each case in its own shop, so that one build covers them all."""

from collections import defaultdict

import sent_amounts
import sent_keys
import sent_names
import sent_odd
from sent_rows import Rows


def all_cases() -> Rows:
    """The rows of every case by table, `source/table`."""
    together: Rows = defaultdict(list)
    for case in (*sent_keys.CASES, *sent_amounts.CASES, *sent_names.CASES, *sent_odd.CASES):
        for table, rows in case().items():
            together[table].extend(rows)
    return together
