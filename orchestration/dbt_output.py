"""The output of a run while dbt builds: progress, failures in full, warnings at the end.

dbt writes an event a line as JSON (`--log-format json`); its log file keeps everything as text.
With VERBOSE all of dbt's lines are printed instead.
"""

import json
import os
import re
import sys
import time
from typing import TextIO

TERMINAL_SECONDS = 0.2
LOG_SECONDS = 30.0
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# dbt's names of its events: a node is done, or was skipped because of another.
RESULTS = re.compile(r"^Log(Model|Test|Seed|Snapshot|Node|NodeNoOp)Result$")
SKIPPED = ("SkippingDetails", "LogSkipBecauseError")
# dbt's repeated failures at the end, and messages of our macros.
ENDS = ("RunResultFailure", "RunResultError", "RunResultErrorNoMessage", "StatsLine")
MACROS = ("JinjaLogInfo", "JinjaLogWarning")
# Repeated at the end for warnings that are counted there.
REPEATED = ("RunResultWarning", "RunResultWarningMessage")


def is_verbose() -> bool:
    """Whether the environment asks for all of dbt's lines."""
    return os.environ.get("VERBOSE", "") not in ("", "0")


def output_options() -> tuple[str, ...]:
    """dbt's options for the events that `DbtOutput` reads, or for VERBOSE."""
    if is_verbose():
        return ("--use-colors" if sys.stdout.isatty() else "--no-use-colors",)
    return ("--log-format", "json", "--no-use-colors")


class DbtOutput:
    """Prints progress and failures from dbt's lines; in place on a terminal, sparse elsewhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._is_terminal = self._stream.isatty()
        self._interval = TERMINAL_SECONDS if self._is_terminal else LOG_SECONDS
        self._started_at = self._shown_at = time.monotonic()
        self._done = self._skipped = self._total = 0
        self._running: list[str] = []
        self._warned: dict[str, int] = {}
        self._names_code = False
        self._line_is_open = False

    def take(self, line: str) -> None:
        """Read a line of dbt, and print it if needed."""
        event = _event(line)
        if event is None:
            self.say(line.rstrip("\n") if is_verbose() else text_of(line))
            return
        info, data, name = event["info"], event["data"], event["info"]["name"]
        if name == "LogStartLine":
            self._total = data.get("total", 0)
            self._running.append(_node(data))
        elif name in SKIPPED:
            self._skipped += 1
        elif RESULTS.match(name):
            self._finish(info, data)
        elif self._is_worth_reading(info):
            self.say(text_of(line))
        self._names_code = name in ENDS or (self._names_code and name not in REPEATED)
        self._show()

    def _is_worth_reading(self, info: dict) -> bool:
        name, level = info["name"], info["level"]
        if name == "SQLCompiledPath":
            return self._names_code
        return (
            name in MACROS + ENDS or level == "error" or (level == "warn" and name not in REPEATED)
        )

    def _finish(self, info: dict, data: dict) -> None:
        node = _node(data)
        self._done += 1
        self._total = data.get("total") or data.get("num_models") or self._total
        if node in self._running:
            self._running.remove(node)
        if info["level"] == "error":
            self.say(COLOUR.sub("", info["msg"]))
        elif info["level"] == "warn":
            self._warned[node] = data.get("num_failures", 0)

    def say(self, text: str) -> None:
        """Print a line of its own."""
        self._clear()
        print(text, file=self._stream, flush=True)

    def close(self) -> None:
        """End the line in place, and list the warnings."""
        self._clear()
        if self._skipped:
            self.say(f"{self._skipped:,} skipped because of what failed before them")
        if self._warned:
            count = len(self._warned)
            self.say(f"{count} {'warning' if count == 1 else 'warnings'}:")
            for name, rows in self._warned.items():
                self.say(f"  {name}: {rows:,} {'row' if rows == 1 else 'rows'}")

    def _show(self) -> None:
        now = time.monotonic()
        if not self._total or now - self._shown_at < self._interval:
            return
        self._shown_at = now
        seconds = now - self._started_at
        text = f"  {self._done:,} of {self._total:,} nodes, {seconds:.0f} s"
        if self._running:
            text += f": {', '.join(self._running)}"
        if not self._is_terminal:
            self.say(text)
            return
        width = os.get_terminal_size(self._stream.fileno()).columns
        self._stream.write(f"\r\033[K{text[: width - 1]}")
        self._stream.flush()
        self._line_is_open = True

    def _clear(self) -> None:
        if self._line_is_open:
            self._stream.write("\r\033[K")
            self._line_is_open = False


def text_of(line: str) -> str:
    """The text of a line, without colours; for an event its message, perhaps of several lines."""
    event = _event(line)
    return COLOUR.sub("", event["info"]["msg"] if event else line).rstrip()


def _event(line: str) -> dict | None:
    """The event of a line; None for other lines, such as a traceback."""
    if not line.startswith("{"):
        return None
    try:
        event = json.loads(line)
    except json.JSONDecodeError:
        return None
    return event if "info" in event and "data" in event else None


def _node(data: dict) -> str:
    return data.get("node_info", {}).get("node_name", "")
