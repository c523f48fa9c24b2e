-- visit_steps: what a visitor does, step by step: search, look, keep or tell, put into the cart,
-- check out, pay. Most pauses are short; some last half an hour to the second, some longer.

create or replace table visit_steps as
with
paced as (
    select
        *,
        -- Seconds between this step and the next.
        case
            when chance(visit_no * 8 + step, 'rests', 0.012) then 1800
            when chance(visit_no * 8 + step, 'goes away', 0.03)
                then whole(visit_no * 8 + step, 'away', 1801, 6000)
            else whole(visit_no * 8 + step, 'pause', 4, 400)
        end as pause
    from visits
    cross join (select unnest(range(1, 6)) as step)
),
timed as (
    select
        *,
        later(
            ends_at,
            -sum(pause) over (
                partition by visit_no order by step desc
                rows between unbounded preceding and current row
            )::bigint
        ) as occurred_at
    from paced
),
before as (
    select *, case step
        when 1 then 'search' when 2 then 'view' when 3 then 'view'
        when 4 then case when chance(visit_no, 'tells', 0.2) then 'share' else 'favourite' end
        else 'cart'
    end as event_kind
    from timed
    where case step
        when 1 then chance(visit_no, 'searches', 0.4)
        when 2 then true
        when 3 then chance(visit_no, 'looks at more', 0.6)
        when 4 then chance(visit_no, 'keeps or tells', 0.16)
        -- Some buy at once, past the cart.
        else chance(visit_no, 'fills the cart', case when kind = 'order' then 0.85 else 0.2 end)
    end
),
stepped as (
    select before.* exclude (pause) from before
    union all by name
    select *, 6 as step, ends_at as occurred_at, 'checkout' as event_kind
    from visits
    where kind = 'order'
    union all by name
    select *, 7 as step, coalesce(deposit_at, paid_at) as occurred_at, 'pay' as event_kind
    from visits
    where kind = 'order'
    union all by name
    select *, 0 as step, paid_at as occurred_at, 'pay' as event_kind
    from visits
    where kind = 'order' and deposit_at is not null
)
select * from stepped;
