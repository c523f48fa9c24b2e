-- experiments, assignments: who sees which variant. Orders are drawn before; so that a variant
-- works, those who buy while it runs are a little more often among those who see it (pull, in
-- thousandths). `actual` is the control's true share: one experiment loses some on the way.

create or replace table experiments as
with
shapes (
    code, name, start_no, length, arms, planned, actual, pull
) as (
    values
    ('FREIGHT', '包邮门槛提示', 20, 40, 2, 500, 500, 60),
    ('GALLERY', '主图版式', 30, 28, 3, 340, 340, 0),
    ('CHECKOUT', '结算页改版', 25, 35, 2, 500, 560, 0)
),
waves as (
    select unnest(range(0, getvariable('days'), 365)) as wave_no
)
select
    shapes.*,
    'EXP-' || code || '-' || (1 + wave_no // 365) as experiment_id,
    row_number() over (order by wave_no, code) as experiment_no,
    cast(getvariable('first_day') + (wave_no + start_no)::int as timestamp) as starts_at,
    cast(getvariable('first_day') + (wave_no + start_no + length)::int as timestamp) as ends_at
from shapes
cross join waves;

create or replace table assignments as
with
seen as (
    select
        experiments.*,
        account_history.account_no,
        account_history.platform,
        account_history.shop_id,
        account_history.account_id,
        account_history.account_no * 16 + experiment_no as assignment_no,
        later(
            greatest(starts_at, registered_at),
            whole(account_no * 16 + experiment_no, 'comes by', 0, 900000)
        ) as assigned_at
    from experiments
    inner join account_history on registered_at < starts_at + interval 7 day
    where
        platform <> 'amazon'
        and chance(account_no * 16 + experiment_no, 'takes part', 0.3)
),
buyers as (
    select assignment_no from seen
    inner join orders using (account_no)
    where orders.paid_at >= assigned_at and orders.paid_at < ends_at and not is_test
    group by assignment_no
),
drawn as (
    select
        seen.*,
        whole(assignment_no, 'variant', 0, 999)
        -- One in fifteen buys: the others make up for their share.
        + case when buyers.assignment_no is not null then pull else -(pull // 15) end as draw
    from seen
    left join buyers using (assignment_no)
)
select
    *,
    case
        when draw < actual then 'control'
        when arms = 2 then 'treatment'
        when draw < actual + (1000 - actual) // 2 then 'variant_a'
        else 'variant_b'
    end as variant
from drawn
where assigned_at < getvariable('horizon');
