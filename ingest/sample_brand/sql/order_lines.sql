-- lines: one row per line of an order, money in whole cents of the shop's currency.

create or replace table lines as
with
counted as (
    select
        order_no, persona, category_no, platform, day, day_no, depth, fate,
        case
            when u(order_no, 'lines') < 0.34 then 1
            when u(order_no, 'lines') < 0.64 then 2
            when u(order_no, 'lines') < 0.82 then 3
            when u(order_no, 'lines') < 0.93 then 4
            when u(order_no, 'lines') < 0.98 then 5
            else 6
        end as line_count
    from order_seeds
),
numbered as (
    select *, unnest(range(1, line_count + 1)) as line_no from counted
),
wished as (
    select
        *,
        order_no * 8 + line_no as line_key,
        day_no // 91 as quarter_no,
        case
            when line_no = 1 and chance(order_no, 'favourite', 0.75) then category_no
            -- Masks go with serums, pillow sprays with bedding: the neighbour category.
            when line_no = 2 and chance(order_no, 'goes with', 0.5)
                then category_no + case when category_no % 2 = 0 then -1 else 1 end
            else pick(order_no * 8 + line_no, 'category', [1, 1, 1, 2, 2, 3, 3, 3, 4, 5, 6, 6])
        end as wanted_no
    from numbered
),
chosen as (
    select
        wished.*,
        skus.sku_no,
        skus.list_cents * case
            when wished.day_no >= skus.price_change_no and skus.price_change_no > skus.launch_no
                then skus.price_rise_pct else 100
        end // 1000 * 10 as list_cents,
        skus.usd_cents,
        case
            when u(line_key, 'quantity') < 0.76 then 1
            when u(line_key, 'quantity') < 0.92 then 2
            when u(line_key, 'quantity') < 0.97 then 3
            when u(line_key, 'quantity') < 0.985 then 4
            else 5
        end as quantity
    from wished
    inner join sku_draws
        on wished.quarter_no = sku_draws.quarter_no
        and wished.wanted_no = sku_draws.category_no
        and whole(line_key, 'sku', 0, 255) = sku_draws.bucket
    inner join skus on sku_draws.sku_no = skus.sku_no
),
priced as (
    select
        *,
        case
            when is_foreign(platform) then usd_cents
            when platform = 'pinduoduo' then list_cents * 92 // 1000 * 10
            when platform = 'douyin' then list_cents * 95 // 1000 * 10
            else list_cents
        end as price_cents
    from chosen
),
discounted as (
    select
        order_no, line_no, line_key, sku_no, quantity, price_cents,
        case
            when depth > 0 and chance(line_key, 'festival price', 0.8)
                then quantity * price_cents * depth * whole(line_key, 'cut', 40, 100) // 10000
            when chance(line_key, 'everyday price', 0.15)
                then quantity * price_cents * whole(line_key, 'cut', 5, 15) // 100
            else 0
        end as discount_cents,
        false as is_gift
    from priced
),
gifts as (
    select
        order_no, line_count + 1, order_no * 8 + line_count + 1,
        (select sku_no from skus where category_3 = '小样'), 1, 0, 0, true
    from counted
    where chance(order_no, 'gift', 0.1)
)
select * from discounted
union all
select * from gifts;
