-- months: the months of the sample. win_backs: per account and month the message that it would get
-- on the tenth, when its last purchase lies 60 to 180 days back.

create or replace table months as
select distinct
    date_trunc('month', day)::date as month,
    year(day) * 12 + month(day) as month_no
from days
where day_no >= 0;

create or replace table win_backs as
with
purchases as (
    select
        account_no,
        paid_at,
        lead(paid_at) over (partition by account_no order by paid_at, order_no) as next_paid_at
    from orders
    where paid_at is not null and not is_test
),
due as (
    select
        account_no,
        month,
        account_no * 4096 + month_no % 1024 as message_no,
        next_paid_at,
        later(
            month,
            (9 * 24 + pick(account_no * 4096 + month_no % 1024, 'hour', [10, 20])) * 3600
            + whole(account_no, 'queue', 0, 1799)
        ) as sent_at
    from purchases
    inner join months
        on month + 9 between paid_at + interval 60 day and paid_at + interval 180 day
)
select
    *,
    coalesce(next_paid_at < sent_at + interval 7 day, false) as is_buying
from due
where coalesce(next_paid_at > sent_at, true);
