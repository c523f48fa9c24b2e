"""Queries of monitors: recent days of a mart beside the four weeks before them, shares a month ago.

They read recent days only, so their cost does not grow with history. A null among the limits never
breaks a rule: where there is nothing to compare with, everything holds.
"""

from expectations import thresholds as limit

_SPAN = limit.REFERENCE_DAYS + limit.RECENT_DAYS


def unusual_days(day: str, value: str, rows: str, breaks: str, group: str) -> str:
    """The recent days on which `breaks` holds of `value` and `usual`, per `group` (columns).

    `day`, `value` and `rows` are SQL: the day of a row, what is summed up per day, and how many
    orders stand behind it. `usual` is the median of the same weekday in the four weeks before, of
    at least MIN_REFERENCE_BATCHES days with MIN_USUAL_ROWS orders in the median. A day without
    rows counts as 0, up to the last day that has MIN_USUAL_ROWS orders at all: data that ends ends
    in days of which only a few orders have come yet.
    """
    return f"""
with bounds as (
    select max(day) as last_day
    from (
        select {day} as day from {{batch}}
        group by {day} having sum({rows}) >= {limit.MIN_USUAL_ROWS}
    )
),
days as (
    select {group}, {day} as day, {value} as value, sum({rows}) as orders
    from {{batch}}
    where {day} > (select last_day from bounds) - {_SPAN}
        and {day} <= (select last_day from bounds)
    group by {group}, {day}
),
spine as (
    select {group}, last_day - cast(ago as integer) as day
    from (select distinct {group} from days), bounds, range({limit.RECENT_DAYS}) as recent(ago)
),
beside as (
    select
        {group},
        spine.day,
        coalesce(any_value(days.value), 0) as value,
        median(before.value) as usual
    from spine
    left join days using ({group}, day)
    join days as before using ({group})
    where before.day < spine.day
        and before.day >= spine.day - {limit.REFERENCE_DAYS}
        and dayofweek(before.day) = dayofweek(spine.day)
    group by {group}, spine.day
    having count(*) >= {limit.MIN_REFERENCE_BATCHES}
        and median(before.orders) >= {limit.MIN_USUAL_ROWS}
)
select * from beside where {breaks} order by all
""".strip()


def lost_columns(day: str, columns: tuple[str, ...], breaks: str) -> str:
    """The recent days and columns where `breaks` holds of `empty` and `usual`, shares of rows."""
    shares = ", ".join(f"avg(({column} is null)::int) as {column}" for column in columns)
    listed = ", ".join(columns)
    return f"""
with recent as (
    select {day} as day, {listed}
    from {{batch}}
    where {day} > (select max({day}) from {{batch}}) - {_SPAN}
),
days as (
    from (select day, count(*) as rows, {shares} from recent group by day)
    unpivot (empty for column_name in ({listed}))
),
beside as (
    select
        days.column_name,
        days.day,
        any_value(days.rows) as rows,
        any_value(days.empty) as empty,
        sum(before.empty * before.rows) / sum(before.rows) as usual
    from days
    join days as before
        on before.column_name = days.column_name
        and before.day between days.day - {limit.REFERENCE_DAYS} and days.day - 1
    where days.day > (select max(day) from days) - {limit.RECENT_DAYS}
    group by days.column_name, days.day
    having any_value(days.rows) >= {limit.MIN_ROWS_FOR_SHARE}
        and sum(before.rows) >= {limit.MIN_REFERENCE_ROWS}
)
select * from beside where {breaks} order by all
""".strip()


def shifted_shares(column: str, history: str, then: str, limit_share: float) -> str:
    """One row when more than a share of customers would have to change `column` to match `then`.

    `history` is a table of spells (valid_from_date, valid_to_date), `then` the SQL of a day from
    `as_of_date`. Fewer customers than MIN_CUSTOMERS_FOR_SEGMENT_SHARE, now or then, say nothing.
    """
    return f"""
with past_day as (
    select {then} as day from (select max(as_of_date) as as_of_date from {{batch}})
),
present as (
    select {column}, count(*) as customers from {{batch}} group by {column}
),
past as (
    select {column}, count(*) as customers
    from {history}, past_day
    where valid_from_date <= day and coalesce(valid_to_date, day) >= day
    group by {column}
),
totals as (
    select
        (select sum(customers) from present) as present_customers,
        (select sum(customers) from past) as past_customers
)
select
    any_value(present_customers) as present_customers,
    any_value(past_customers) as past_customers,
    1 - sum(least(
        coalesce(present.customers, 0) / present_customers,
        coalesce(past.customers, 0) / past_customers
    )) as shifted_share
from totals, present full join past using ({column})
where least(present_customers, past_customers) >= {limit.MIN_CUSTOMERS_FOR_SEGMENT_SHARE}
having shifted_share > {limit_share}
""".strip()
