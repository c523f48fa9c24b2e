-- platform_orders: what a platform knows of each order on the last day: the latest version, money
-- in cents. goods_cents: what the buyer pays for the goods. Stores have no platform.

create or replace table platform_orders as
with
latest as (
    select * from export_orders
    where platform <> 'offline'
    qualify row_number() over (
        partition by platform, shop_id, order_id order by updated_at desc, batch_key desc
    ) = 1
),
emails as (
    select platform, account_id, max(email) as email from export_accounts
    where platform = 'shopify'
    group by platform, account_id
),
parcels_sent as (
    select platform, shop_id, order_id, min(tracking_no) as tracking_no, min(carrier) as carrier
    from export_shipments
    where direction = 'outbound'
    group by platform, shop_id, order_id
),
refunded as (
    select
        platform, shop_id, order_id,
        sum(refund_cents) filter (where refund_status = 'completed') as refunded_cents,
        sum(goods_back_cents) filter (where refund_status = 'completed') as all_goods_back_cents,
        bool_or(refund_status = 'applied' and line_no is null) as is_refund_pending
    from platform_refunds
    group by platform, shop_id, order_id
),
moments as (
    select
        platform, shop_id, order_id,
        created_at as created_moment,
        known(shipped_at, getvariable('horizon')) as shipped_moment,
        known(completed_at, getvariable('horizon')) as completed_moment
    from orders
),
in_cents as (
    select
        latest.* exclude (status, receiver_address),
        -- An order that is being cancelled is closed once its money went back.
        case
            when latest.status = 'cancelled' and coalesce(is_refund_pending, false) then 'paid'
            when latest.status = 'paid' and shipped_moment is not null then 'shipped'
            else latest.status
        end as status,
        replace(latest.receiver_address, chr(10), ' ') as receiver_address,
        strftime(created_moment, '%Y%m') as file_part,
        moments.created_moment,
        moments.shipped_moment,
        moments.completed_moment,
        (seller_discount * 100)::bigint as seller_discount_cents,
        (platform_discount * 100)::bigint as platform_discount_cents,
        (partner_discount * 100)::bigint as partner_discount_cents,
        (points_discount * 100)::bigint as points_discount_cents,
        (freight * 100)::bigint as freight_in_cents,
        (tax * 100)::bigint as tax_in_cents,
        (payable_amount * 100)::bigint as payable_in_cents,
        coalesce(refunded_cents, 0) as refunded_cents,
        coalesce(all_goods_back_cents, 0) as all_goods_back_cents,
        emails.email,
        parcels_sent.tracking_no,
        parcels_sent.carrier
    from latest
    inner join moments using (platform, shop_id, order_id)
    left join refunded using (platform, shop_id, order_id)
    left join parcels_sent using (platform, shop_id, order_id)
    left join emails using (platform, account_id)
    where latest.is_deleted is null
)
select *, payable_in_cents - freight_in_cents - tax_in_cents as goods_in_cents from in_cents;
