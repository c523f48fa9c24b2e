"""The lines of a failed step for its alert: the reasons, without colours or data."""

import sys
from dataclasses import replace
from datetime import date

import pytest

from orchestration import steps
from orchestration.project import Warehouse

DBT_SAID = r"""
import sys
print('10:00:00  1 of 9 OK created sql table model subject.fct_orders')
print('10:00:01  \x1b[31mFailure in test assert_orders_add_up (tests/x.sql)\x1b[0m')
print("10:00:01    Could not convert string '13900000000' to INT32")
sys.exit(1)
"""
CHECKS_SAID = r"""
import sys
print('failed: raw.orders: No order is placed after it landed.', file=sys.stderr)
print('  2 row(s) break this rule', file=sys.stderr)
print('landing orders: 5 of 9 files, 100 rows', file=sys.stderr)
sys.exit(1)
"""


@pytest.mark.parametrize(
    ("step", "script", "messages"),
    [
        (
            steps.BUILD,
            DBT_SAID,
            ["10:00:01  Failure in test assert_orders_add_up (tests/x.sql)"],
        ),
        (
            steps.CHECK_RAW,
            CHECKS_SAID,
            [
                "failed: raw.orders: No order is placed after it landed.",
                "  2 row(s) break this rule",
            ],
        ),
    ],
)
def test_a_failed_step_gives_the_reason(step, script, messages, tmp_path):
    warehouse = Warehouse(tmp_path, tmp_path / "landing", ("oms",))
    said = replace(step, command=lambda _: [sys.executable, "-c", script])
    with pytest.raises(steps.StepFailed) as failure:
        steps.run_step(said, warehouse)
    assert failure.value.messages == messages


def test_options_reach_their_step():
    warehouse = Warehouse()
    day = date(2024, 7, 5)
    options = [steps.with_options(step, day, True).command(warehouse)[-2:] for step in steps.RUN]
    assert options[0] == ["--until", "2024-07-05"]
    assert options[2][-1] == "--full-refresh"
    for index in (1, 3, 4):
        assert options[index] == steps.RUN[index].command(warehouse)[-2:]
    assert [steps.with_options(step, None, False) for step in steps.RUN] == list(steps.RUN)
