"""Alerts: files first, the webhook after, and no data in either."""

import json
import socket

import pytest

from orchestration import alerts
from orchestration.alerts import Alert, post, raise_alert
from orchestration.project import Warehouse
from orchestration.steps import RUN

ALERT = Alert(
    run="4aee666e of daily_run",
    failed_steps=["check raw"],
    messages=["failed: raw.order_lines: No line has a negative price.\n  2 row(s) break this rule"],
    log="logs",
    days="2024-07-01 to 2024-07-05",
)


@pytest.fixture
def webhook(running_webhook, monkeypatch):
    running_webhook.received.clear()
    running_webhook.answers.clear()
    monkeypatch.setenv("ALERT_WEBHOOK_URL", running_webhook.address)
    monkeypatch.setattr(alerts, "WEBHOOK_PAUSES", (0.0, 0.0))
    return running_webhook


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    return Warehouse(tmp_path, tmp_path / "landing", ("oms",))


def test_an_alert_writes_a_text_file_and_a_json_line(warehouse, monkeypatch):
    monkeypatch.delenv("ALERT_WEBHOOK_URL", raising=False)
    path = raise_alert(warehouse, ALERT)
    raise_alert(warehouse, Alert("again", [], [], "logs"))
    text = path.read_text()
    assert text.splitlines()[0] == (
        "Warehouse run 4aee666e of daily_run of 2024-07-01 to 2024-07-05 failed at check raw"
    )
    assert "No line has a negative price.\n  2 row(s) break this rule" in text
    assert "What to do: Run the query that is shown" in text and "Log: logs" in text
    lines = (warehouse.folder / "alerts" / "alerts.jsonl").read_text().splitlines()
    assert [json.loads(line)["run"] for line in lines] == ["4aee666e of daily_run", "again"]
    assert json.loads(lines[0])["text"] == text.rstrip("\n")
    assert sorted(one.suffix for one in (warehouse.folder / "alerts").iterdir()) == [
        ".jsonl", ".txt", ".txt"
    ]  # fmt: skip


def test_every_step_of_a_run_has_advice():
    for step in RUN:
        assert Alert("run", [step.name], [], "logs").advice != alerts.GENERAL_ADVICE, step.name
    assert Alert("run", [], [], "logs").advice == alerts.GENERAL_ADVICE


def test_the_webhook_gets_the_alert(webhook):
    assert post(ALERT) is None
    (received,) = webhook.received
    assert received["failed_steps"] == ["check raw"]
    assert received["days"] == "2024-07-01 to 2024-07-05"
    assert received["text"] == ALERT.text()


def test_a_failing_webhook_is_retried(webhook):
    webhook.answers += [500, 429]
    assert post(ALERT) is None
    assert len(webhook.received) == 3


@pytest.mark.parametrize(("answers", "posts"), [([503] * 5, 3), ([404], 1)])
def test_a_failed_webhook_is_reported_and_the_file_stays(
    warehouse, webhook, answers, posts, capsys
):
    webhook.answers += answers
    path = raise_alert(warehouse, ALERT)
    assert path.exists() and (warehouse.folder / "alerts" / "alerts.jsonl").exists()
    assert len(webhook.received) == posts
    said = capsys.readouterr().err
    assert f"the webhook answered {answers[0]}" in said
    assert "s3cret" not in said and "s3cret" not in path.read_text()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:{port}/s3cret", "was not reached: ConnectionRefusedError"),
        ("file:///etc/s3cret", "ALERT_WEBHOOK_URL is not an http or https address"),
        ("http://s3cret bad/", "was not reached: InvalidURL"),
    ],
)
def test_an_invalid_address_is_reported_without_the_address(address, said, webhook, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("ALERT_WEBHOOK_URL", address.format(port=port))
    problem = post(ALERT)
    assert said in problem and "s3cret" not in problem
