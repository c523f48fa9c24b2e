"""Alerts: failures and what to do, as files and, if configured, to a webhook.

`$WAREHOUSE_DIR/alerts/` holds one readable file per alert and `alerts.jsonl` with a line for each.
Texts name tables, files, rules and counts; never a value of a row.
"""

import http.client
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from orchestration import steps
from orchestration.project import Warehouse

WEBHOOK = "ALERT_WEBHOOK_URL"
WEBHOOK_ATTEMPTS = 3
WEBHOOK_SECONDS = 5.0
# Pauses between attempts: together they fit into a sensor's minute.
WEBHOOK_PAUSES = (1.0, 3.0)

ADVICE = {
    steps.LAND.name: "Read which file or setting is named; files that landed stay, run again.",
    steps.CHECK_RAW.name: "Run the query that is shown in the working file, correct the files that"
    " _source_file names, under the same names, and run again.",
    steps.BUILD.name: "Look the named nodes up in the log; fix the data or the model, run again.",
    steps.CHECK_MARTS.name: "Run the query that is shown in the working file. If the data is wrong,"
    " correct its files; if the business changed, change expectations/thresholds.py. Run again.",
    steps.PUBLISH.name: "Free space or close the file, as the message says, then run again.",
}
GENERAL_ADVICE = "Read the log, then run again: what was done before stays."
NOT_PUBLISHED = "Nothing was published: readers keep the last publication."


@dataclass(frozen=True)
class Alert:
    """A run that failed."""

    run: str
    # Names of steps as `make build` prints them; none when the run itself broke off.
    failed_steps: list[str]
    messages: list[str]
    log: str
    days: str | None = None
    at: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")

    @property
    def advice(self) -> str:
        """What to do, for each failed step."""
        given = [ADVICE[name] for name in self.failed_steps if name in ADVICE]
        return " ".join(dict.fromkeys(given)) or GENERAL_ADVICE

    @property
    def title(self) -> str:
        """One line: which run, which days, which steps."""
        days = f" of {self.days}" if self.days else ""
        steps_named = f" at {', '.join(self.failed_steps)}" if self.failed_steps else ""
        return f"Warehouse run {self.run}{days} failed{steps_named}"

    def text(self) -> str:
        """The alert for people."""
        return "\n".join(
            [
                self.title,
                f"{self.at}  {NOT_PUBLISHED}",
                "",
                *(self.messages or ["no message: see the log"]),
                "",
                f"What to do: {self.advice}",
                f"Log: {self.log}",
            ]
        )

    def payload(self) -> dict:
        """The alert for programs; `text` is what chat tools show."""
        return asdict(self) | {"what_to_do": self.advice, "text": self.text()}


def raise_alert(warehouse: Warehouse, alert: Alert) -> Path:
    """Write the alert, then post it; returns the readable file.

    A failed webhook only prints a line on stderr: the files are written.
    """
    folder = warehouse.folder / "alerts"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = alert.at.replace(":", "").replace("-", "")
    path = folder / f"{stamp}-{secrets.token_hex(3)}.txt"
    temporary = path.with_suffix(".tmp")
    temporary.write_text(alert.text() + "\n", encoding="utf-8")
    os.replace(temporary, path)
    line = json.dumps(alert.payload(), ensure_ascii=False) + "\n"
    # One write in append mode: lines of two runs never mix.
    descriptor = os.open(folder / "alerts.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(descriptor, line.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    problem = post(alert)
    if problem:
        print(f"warning: the alert was not posted ({problem}); it is in {path}", file=sys.stderr)
    return path


def post(alert: Alert) -> str | None:
    """Post the alert as JSON to the webhook of the environment; why it did not arrive, or None.

    The address is a secret: no message repeats it.
    """
    address = os.environ.get(WEBHOOK)
    if not address:
        return None
    if not address.startswith(("https://", "http://")):
        return f"{WEBHOOK} is not an http or https address"
    body = json.dumps(alert.payload(), ensure_ascii=False).encode()
    problem = None
    for attempt in range(WEBHOOK_ATTEMPTS):
        if attempt:
            time.sleep(WEBHOOK_PAUSES[attempt - 1])
        try:
            request = urllib.request.Request(
                address, data=body, headers={"Content-Type": "application/json; charset=utf-8"}
            )
            with urllib.request.urlopen(request, timeout=WEBHOOK_SECONDS):
                return None
        except urllib.error.HTTPError as error:
            error.close()
            problem = f"the webhook answered {error.code}"
            if error.code < 500 and error.code != 429:
                return problem
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            problem = f"the webhook was not reached: {type(reason).__name__}"
    return problem
