"""Daily partitions: a partition is one business day of the brand, open once the day has closed."""

import os
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import dagster as dg
import yaml

from orchestration.project import PROJECT_DIR, SettingError

# The sample brand's first day.
DEFAULT_FIRST_DAY = "2024-07-01"


@cache
def time_zone() -> str:
    """The brand's time zone: the variable `default_time_zone` of dbt_project.yml."""
    project = yaml.safe_load((PROJECT_DIR / "dbt_project.yml").read_text(encoding="utf-8"))
    return project["vars"]["default_time_zone"]


def first_business_day() -> date:
    """The first partition: $FIRST_BUSINESS_DAY; raises SettingError when that is not a day."""
    given = os.environ.get("FIRST_BUSINESS_DAY") or DEFAULT_FIRST_DAY
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise SettingError(
            f"FIRST_BUSINESS_DAY is {given!r}; give the first day of the brand, such as 2024-07-01"
        ) from None


def last_closed_day(now: datetime | None = None) -> date:
    """Yesterday in the brand's time zone: the last day whose data can be complete."""
    zone = ZoneInfo(time_zone())
    local = now.astimezone(zone) if now else datetime.now(zone)
    return local.date() - timedelta(days=1)


business_days = dg.DailyPartitionsDefinition(
    start_date=first_business_day().isoformat(), timezone=time_zone()
)
# Every step works on all landed files: many days cost as much as one.
one_run = dg.BackfillPolicy.single_run()
PARTITIONED = {"partitions_def": business_days, "backfill_policy": one_run}
