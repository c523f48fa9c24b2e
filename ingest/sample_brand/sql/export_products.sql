-- Every SKU on its first day, again when its price or its cost changes, and when the old shampoo is
-- given up.

create or replace table export_products as
with
changes as (
    select sku_no, 0 as version, greatest(launch_no - 7, 0) as changed_no from skus
    union all
    select sku_no, 1, price_change_no from skus
    where price_change_no > greatest(launch_no, 0)
    union all
    select sku_no, 2, getvariable('days') * 4 // 5 from skus
    where early_weight >= 12 * late_weight and late_weight > 0
    union all
    select sku_no, 3, cost_change_no from skus
    where cost_change_no > greatest(launch_no, 0)
),
versions as (
    select
        skus.*,
        version,
        changed_no,
        case
            when changed_no >= price_change_no and price_change_no > greatest(launch_no, 0)
                then list_cents * price_rise_pct // 1000 * 10
            else list_cents
        end as shown_cents,
        case
            when changed_no >= cost_change_no and cost_change_no > greatest(launch_no, 0)
                then cost_cents * cost_change_pct // 100
            else cost_cents
        end as shown_cost_cents,
        case
            when early_weight >= 12 * late_weight and late_weight > 0
                and changed_no >= getvariable('days') * 4 // 5
                then 'discontinued'
            else 'active'
        end as status
    from changes
    inner join skus using (sku_no)
),
dated as (
    select
        versions.*,
        cast(getvariable('first_day') + changed_no::int as date) as export_day
    from versions
    where changed_no < getvariable('days')
)
select
    sku_id,
    spu_id,
    name,
    category_1,
    category_2,
    category_3,
    '栖木' as brand,
    money(shown_cents) as list_price,
    money(shown_cost_cents) as unit_cost,
    cast(getvariable('first_day') + launch_no::int as date) as launched_at,
    status,
    export_day + interval 8 hour as updated_at,
    null::boolean as is_deleted,
    export_day,
    (sku_no * 4 + version)::bigint as batch_key,
    0::bigint as row_key
from dated
union all
-- A code that was entered by mistake, and taken out again.
select
    'QM999-1', 'QM999', '录入测试商品', '个人护理', '面膜', '贴片面膜', '栖木', 1.00, 1.00,
    getvariable('first_day'), 'active', getvariable('first_day') + interval 9 hour, null,
    getvariable('first_day'), 999996, 0
union all
select
    'QM999-1', null, null, null, null, null, null, null, null, null, null,
    getvariable('first_day') + interval 33 hour, true,
    cast(getvariable('first_day') + 1 as date), 999997, 0;
