"""Queries of monitors: recent days of a mart compared with the four weeks before them.

Shares are compared with those of a month ago. The queries read recent days only, so their cost does
not grow with history. A null limit never breaks a rule: without a reference, everything passes.
Every query gives a row per finding: `day` (null: the whole mart), `scope` (the shop, or another
part) and `finding`, a sentence with the found and the expected value.
"""

from dataclasses import dataclass

from great_expectations.expectations.expectation import Expectation

from expectations import thresholds as limit
from expectations.countries import shop_country
from expectations.suite import no_rows

_SPAN = limit.REFERENCE_DAYS + limit.RECENT_DAYS

# The shop of a row of sales. Shops that are too small to be checked alone are checked together,
# by country; the country also gives the holidays.
_SALES = f"""
shops as (
    select
        shops.shop_key,
        concat_ws('/', shops.platform_code, shops.shop_id) as shop_name,
        {shop_country("shops", "platforms")} as country_code
    from subject.dim_shops as shops
    left join subject.dim_platforms as platforms using (platform_code)
),
last_of_all as (
    select max(day) as last_day
    from (
        select date_day as day from {{batch}}
        group by date_day having sum(order_count) >= {limit.MIN_USUAL_ROWS}
    )
),
sales as (
    select
        batch.*,
        country_code,
        case
            when sum(order_count) over (partition by batch.shop_key, currency_code)
                >= {limit.MIN_USUAL_ROWS} * {_SPAN}
                then shop_name
            else concat_ws(' ', 'smaller shops of', coalesce(country_code, 'no known country'))
        end || ' in ' || currency_code as scope
    from {{batch}} as batch
    left join shops using (shop_key)
    where date_day > (select last_day from last_of_all) - {_SPAN}
        and date_day <= (select last_day from last_of_all)
)
""".strip()


def number(value: str, digits: int = 0) -> str:
    """SQL of a number as a sentence writes it. (No braces: queries are filled in by them.)"""
    return f"printf('%,.{digits}f', cast({value} as double))"


@dataclass(frozen=True)
class Usual:
    """A measure of a day's sales, and the allowed factors of the usual value.

    `value` is SQL over the rows of a day. With `on_some_days`, values below `low` are allowed on
    holidays of the shop's country, and above `high` in its festivals. None means no limit.
    """

    what: str
    value: str
    low: float | None = None
    high: float | None = None
    on_some_days: bool = True
    digits: int = 0

    @property
    def breaks(self) -> str:
        """SQL over value, usual and the calendar."""
        parts = []
        if self.low is not None:
            excused = " and not is_holiday" if self.on_some_days else " and value > 0"
            parts.append(f"value < {self.low} * usual{excused}")
        if self.high is not None:
            excused = " and not is_festival" if self.on_some_days else ""
            parts.append(f"value > {self.high} * usual{excused}")
        return " or ".join(f"({part})" for part in parts)

    @property
    def expected(self) -> str:
        """SQL of the expected range."""
        low = number(f"{self.low} * usual", self.digits)
        if self.high is None:
            return f"'at least ' || {low}"
        return f"{low} || ' to ' || {number(f'{self.high} * usual', self.digits)}"


def unusual_days(usual: Usual) -> str:
    """The recent days and shops with unusual sales.

    `usual` is the median of the same weekday in the four weeks before, of at least
    MIN_REFERENCE_BATCHES days with MIN_USUAL_ROWS orders in the median. A day without rows counts
    as 0, up to the last day that has MIN_USUAL_ROWS orders at all: the last days of the data have
    only a few orders so far. A shop's own data may end LATE_SHOP_DAYS earlier.
    """
    return f"""
with {_SALES},
days as (
    select
        scope,
        any_value(country_code) as country_code,
        date_day as day,
        {usual.value} as value,
        sum(order_count) as orders
    from sales
    group by scope, date_day
),
spine as (
    select
        scope,
        country_code,
        greatest(shop_last_day, last_day - {limit.LATE_SHOP_DAYS}) - cast(ago as integer) as day
    from (
        select
            scope,
            any_value(country_code) as country_code,
            max(day) filter (where orders >= {limit.MIN_USUAL_ROWS}) as shop_last_day
        from days
        group by scope
    ), last_of_all, range({limit.RECENT_DAYS}) as recent(ago)
),
beside as (
    select
        scope,
        any_value(spine.country_code) as country_code,
        spine.day,
        coalesce(any_value(days.value), 0) as value,
        median(before.value) as usual
    from spine
    left join days using (scope, day)
    join days as before using (scope)
    where before.day < spine.day
        and before.day >= spine.day - {limit.REFERENCE_DAYS}
        and dayofweek(before.day) = dayofweek(spine.day)
    group by scope, spine.day
    having count(*) >= {limit.MIN_REFERENCE_BATCHES}
        and median(before.orders) >= {limit.MIN_USUAL_ROWS}
),
calendar as (
    select
        *,
        exists (
            from reference.holidays
            where holiday_date = day and holidays.country_code = beside.country_code
                and not is_working_day
        ) as is_holiday,
        exists (
            from reference.festivals
            where day between starts_on and ends_on
                and festivals.country_code = beside.country_code
        ) as is_festival
    from beside
)
select
    day,
    scope,
    {number("value", usual.digits)} || ' {usual.what}, ' || {usual.expected}
        || ' are expected: ' || {number("usual", usual.digits)}
        || ' are usual on a ' || dayname(day) as finding
from calendar
where {usual.breaks}
order by all
""".strip()


def one_day(sentence: str) -> Expectation:
    """The expectation that all rows of a mart have the same as-of date."""
    return no_rows(
        sentence,
        "select max(as_of_date) as day, 'all customers' as scope,"
        " 'they have ' || count(distinct as_of_date) || ' as-of dates, one is expected' as finding"
        " from {batch} having count(distinct as_of_date) <> 1",
        rule="one_day",
    )


def lost_columns(day: str, columns: tuple[str, ...], breaks: str, expected: str) -> str:
    """The recent days and columns where `breaks` holds of `empty` and `usual`, shares of rows.

    `expected` says the expected value in words.
    """
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
select
    day,
    column_name as scope,
    {number("100 * empty", 1)} || ' % of ' || {number("rows")}
        || ' rows are empty, {expected}: ' || {number("100 * usual", 1)} || ' % are usual'
        as finding
from beside
where {breaks}
order by all
""".strip()


def shifted_shares(column: str, history: str, then: str, limit_share: float) -> str:
    """One row when more than a share of customers would have to change `column` to match `then`.

    `history` is a table of spells (valid_from_date, valid_to_date), `then` the SQL of a day from
    `as_of_date`. With fewer customers than MIN_CUSTOMERS_FOR_SEGMENT_SHARE, now or then, nothing
    is checked.
    """
    return f"""
with present_day as (
    select max(as_of_date) as as_of_date from {{batch}}
),
past_day as (
    select {then} as day from present_day
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
),
shift as (
    select
        1 - sum(least(
            coalesce(present.customers, 0) / present_customers,
            coalesce(past.customers, 0) / past_customers
        )) as shifted_share
    from totals, present full join past using ({column})
    where least(present_customers, past_customers) >= {limit.MIN_CUSTOMERS_FOR_SEGMENT_SHARE}
)
select
    as_of_date as day,
    'all customers' as scope,
    {number("100 * shifted_share", 1)} || ' % are elsewhere than on '
        || (select day from past_day) || ', at most {limit_share:.0%} are expected' as finding
from shift, present_day
where shifted_share > {limit_share}
""".strip()
