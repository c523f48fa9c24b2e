-- purchase_lines: what is ordered of suppliers, when it comes and how much of it.

create or replace table purchase_lines as
with
short as (
    select
        *,
        desk_no * 1024 + cycle_no as order_no,
        pair_no * 1024 + cycle_no as line_key,
        chance(line_key, 'partial', 0.06) and base_quantity > 3 as is_partial,
        chance(line_key, 'never comes', 0.3) and is_partial as is_short,
        case when is_partial then base_quantity * whole(line_key, 'missing', 10, 45) // 100 else 0
            end as missing
    from cycles
    where cycle_no >= 0
),
ordered as (
    select
        *,
        -- Missing pieces are ordered again with the next delivery.
        base_quantity + coalesce(lag(case when is_short then missing else 0 end) over (
            partition by pair_no order by cycle_no
        ), 0) as quantity,
        phase + 28 * cycle_no as expected_no,
        case when chance(order_no, 'late delivery', 0.12) then whole(order_no, 'days late', 3, 14)
            else whole(order_no, 'days off', -1, 1) end as days_late,
        cost_cents * whole(line_key, 'cost', 940, 1060) // 1000 as line_cost_cents
    from short
)
select
    *,
    'PO' || lpad((order_no + 10000)::varchar, 7, '0') as purchase_order_id,
    row_number() over (partition by order_no order by sku_no) as line_no,
    later(getvariable('first_day')::timestamp, (expected_no - lead_days) * 86400
        + whole(order_no, 'ordering', 32400, 61200)) as ordered_at,
    cast(getvariable('first_day') + expected_no::int as date) as expected_on,
    later(getvariable('first_day')::timestamp, (expected_no + days_late) * 86400
        + whole(order_no, 'unloading', 32400, 61200)) as received_at,
    case when is_partial and not is_short
        then later(received_at, whole(line_key, 'rest', 6, 16) * 86400) end as rest_received_at,
    case when is_short then later(received_at, 15 * 86400) end as given_up_at
from ordered
where quantity > 0;
