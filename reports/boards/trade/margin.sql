-- One row per shop, currency and month of purchase, the last 25 months. Goods without a cost leave
-- the waterfall before it: what is left of them is not known.
select
    shop_key,
    currency_code,
    month_date,
    sum(gross_amount) as gross,
    sum(seller_discount_amount) as seller_discount,
    sum(platform_discount_amount) as platform_discount,
    sum(partner_discount_amount) as partner_discount,
    sum(points_discount_amount) as points_discount,
    sum(settled_discount_amount) as settled_discount,
    sum(revenue_amount) as revenue,
    sum(refund_amount) as refunds,
    sum(net_revenue_amount) as net_revenue,
    coalesce(sum(net_revenue_amount) filter (where cost_amount is null), 0) as uncosted_revenue,
    coalesce(sum(net_revenue_amount) filter (where cost_amount is not null), 0) as costed_revenue,
    sum(cost_amount) as cost,
    sum(cm1_amount) as cm1,
    coalesce(
        sum(freight_amount + packing_amount + insurance_amount)
        filter (where cost_amount is not null), 0
    ) as freight,
    coalesce(
        sum(commission_amount + service_fee_amount + payment_fee_amount)
        filter (where cost_amount is not null), 0
    ) as fees,
    sum(cm2_amount) as cm2,
    coalesce(
        sum(advertising_amount + partner_commission_amount)
        filter (where cost_amount is not null), 0
    ) as advertising,
    sum(cm3_amount) as cm3
from thematic.margin_waterfall
cross join subject.dim_as_of_date
where month_date >= date_trunc('month', as_of_date) - interval 24 month
group by shop_key, currency_code, month_date
order by month_date, shop_key, currency_code
