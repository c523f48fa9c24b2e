-- order_money: per order, in cents. Each funder of a discount gives at most what is left.

create or replace table order_money as
with
totals as (
    select
        order_no,
        count(*) as line_count,
        sum(quantity * price_cents)::bigint as gross_cents,
        sum(quantity * price_cents - discount_cents)::bigint as left_cents,
        count(*) filter (where quantity * price_cents > discount_cents) as priced_line_count,
        sum(quantity)::bigint as unit_count
    from lines
    group by order_no
),
offered as (
    select
        order_seeds.order_no, platform, fate, order_type, person_id, totals.* exclude (order_no),
        case
            when depth > 0 and left_cents >= 30000 and chance(order_no, 'coupon', 0.6)
                then left_cents // 30000 * whole(order_no, 'coupon size', 3, 5) * 1000
            when chance(order_no, 'coupon', 0.18) and left_cents >= 9900 then 1000
            else 0
        end as seller_offer,
        case
            when platform in ('tmall', 'jd', 'pinduoduo', 'douyin')
                and chance(order_no, 'subsidy', case when depth > 0 then 0.5 else 0.1 end)
                then left_cents * whole(order_no, 'subsidy size', 3, 8) // 1000 * 10
            else 0
        end as platform_offer,
        case
            when order_type = 'live' and chance(order_no, 'host', 0.6)
                then left_cents * whole(order_no, 'host size', 4, 10) // 100
            else 0
        end as partner_offer,
        case
            when fate = 'points_only' then left_cents
            when chance(order_no, 'points', 0.1) and not is_foreign(platform)
                then left_cents * whole(order_no, 'points size', 1, 4) // 100
            else 0
        end as points_offer
    from order_seeds
    inner join totals using (order_no)
),
seller as (
    select *, least(seller_offer, left_cents) as seller_cents from offered
),
platforms as (
    select *, least(platform_offer, left_cents - seller_cents) as platform_cents from seller
),
partners as (
    select *, least(partner_offer, left_cents - seller_cents - platform_cents) as partner_cents
    from platforms
),
points as (
    select
        *,
        least(points_offer, left_cents - seller_cents - platform_cents - partner_cents)
            as points_cents
    from partners
),
paid as (
    select
        points.*,
        left_cents - seller_cents - platform_cents - partner_cents - points_cents as goods_cents
    from points
),
charged as (
    select
        paid.*,
        case
            when platform = 'offline' or fate = 'points_only' then 0
            when is_foreign(platform) then case when goods_cents < 5900 then 595 else 0 end
            when persons.zone >= 4 then 2500
            when goods_cents < 9900 then 1000
            else 0
        end as freight_cents,
        case when is_foreign(platform)
            then (goods_cents * persons.tax_bp + 5000) // 10000 else 0 end
            as tax_cents
    from paid
    inner join persons using (person_id)
)
select
    order_no, line_count, priced_line_count, unit_count, gross_cents, left_cents,
    seller_cents, platform_cents, partner_cents, points_cents,
    goods_cents, freight_cents, tax_cents,
    goods_cents + freight_cents + tax_cents as payable_cents,
    case
        when order_type = 'presale' then (goods_cents + freight_cents) * 15 // 100
    end as deposit_cents
from charged;
