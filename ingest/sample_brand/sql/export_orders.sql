-- Each version of an order as it was known at that moment.

create or replace table export_orders as
select
    orders.platform,
    orders.shop_id,
    orders.order_id,
    orders.account_id,
    order_versions.status,
    orders.order_type,
    orders.is_test,
    written(orders.created_at, orders.platform) as created_at,
    -- A dropped pre-sale never gets here: only the balance makes an order paid.
    written(known(orders.paid_at, seen_at), orders.platform) as paid_at,
    written(known(orders.closed_at, seen_at), orders.platform) as closed_at,
    case
        when orders.closed_at > seen_at then null
        when fate = 'unpaid' then pick(orders.order_no, 'why', ['超时未支付', '买家不想要了', '信息填错，重新拍'])
        when fate = 'presale_dropped' then '尾款超时未支付'
        when fate = 'refused' then '买家拒收'
        when fate = 'cancelled' then pick(orders.order_no, 'why', ['不想要了', '拍错规格', '发货太慢', '价格有变动'])
    end as cancel_reason,
    shops.currency,
    money(seller_cents) as seller_discount,
    money(platform_cents) as platform_discount,
    money(partner_cents) as partner_discount,
    money(points_cents) as points_discount,
    money(freight_cents) as freight,
    money(tax_cents) as tax,
    money(payable_cents + case when has_extra_line then extra_lines.price_cents else 0 end)
        as payable_amount,
    money(deposit_cents) as deposit_amount,
    written(orders.balance_due_at, orders.platform) as balance_due_at,
    case order_type
        when 'group'
            then 'PT' || strftime(orders.day, '%y%m%d')
                || lpad((orders.order_no // 64 % 40)::varchar, 3, '0')
    end as group_id,
    case order_type
        when 'live' then 'LIVE-' || orders.shop_id || '-' || strftime(orders.day, '%Y%m%d')
    end as live_session_id,
    case
        when orders.festival_id is not null then 'C-' || orders.festival_id
        when order_type = 'live' then 'C-LIVE-' || strftime(orders.day, '%Y-%m')
        when seller_cents > 0 then 'C-COUPON-' || strftime(orders.day, '%Y-%m')
        when chance(orders.order_no, 'monthly campaign', 0.25)
            then 'C-MONTH-' || strftime(orders.day, '%Y-%m')
    end as campaign_id,
    fate in ('on_delivery', 'refused') as payment_on_delivery,
    receivers.receiver_name,
    receivers.receiver_phone,
    receivers.receiver_province,
    receivers.receiver_city,
    receivers.receiver_district,
    receivers.receiver_address,
    written(seen_at, orders.platform) as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    batch_key,
    0::bigint as row_key
from order_versions
inner join orders using (order_no)
inner join shops on orders.shop_id = shops.shop_id
left join extra_lines using (order_no)
left join receivers using (order_no)
where not order_versions.is_deleted
union all by name
select
    platform, shop_id, order_id, written(seen_at, platform) as updated_at, true as is_deleted,
    seen_at::date as export_day, batch_key, 0::bigint as row_key
from order_versions
inner join orders using (order_no)
where order_versions.is_deleted;
