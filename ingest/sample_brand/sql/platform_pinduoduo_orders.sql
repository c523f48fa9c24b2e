-- 订单列表 of a Pinduoduo shop: a row per order, with one SKU: the first stands for all. 订单成交时间 is
-- when it was paid and is blank before. The shop bears the points.

create or replace table file_pinduoduo_orders as
with
in_orders as (
    select
        platform, shop_id, order_id,
        sum(quantity) as unit_count,
        sum(line_gross_cents)::bigint as gross_cents,
        sum(line_discount_cents)::bigint as line_discounts_cents,
        min_by(sku_id, line_no) as sku_id,
        min_by(sku_name, line_no) as sku_name,
        min_by(spu_id, line_no) as spu_id,
        min_by(product_id, line_no) as product_id,
        min_by(product_name, line_no) as product_name
    from platform_lines
    where platform = 'pinduoduo'
    group by platform, shop_id, order_id
),
stated as (
    select
        *,
        refunded_cents > 0 and all_goods_back_cents = goods_in_cents as is_given_back
    from platform_orders
    inner join in_orders using (platform, shop_id, order_id)
)
select
    platform,
    shop_id,
    file_part,
    strftime(created_moment, '%Y%m%d%H%M%S') || order_id as sort_key,
    paid_at as "订单成交时间",
    product_name as "商品",
    order_id as "订单号",
    case
        when is_given_back and shipped_moment is null then '未发货，退款成功'
        when is_given_back then '已发货，退款成功'
        when status = 'created' then '待支付'
        when status = 'paid' then '待发货'
        when status = 'completed' then '已收货'
        when status in ('closed', 'cancelled') then '已取消'
        else '已发货，待签收'
    end as "订单状态",
    money(gross_cents) as "商品总价(元)",
    money(freight_in_cents) as "邮费(元)",
    money(line_discounts_cents + seller_discount_cents + points_discount_cents)
        as "店铺优惠折扣(元)",
    money(platform_discount_cents) as "平台优惠折扣(元)",
    money(0) as "多多支付立减金额(元)",
    money(payable_in_cents) as "用户实付金额(元)",
    money(payable_in_cents + platform_discount_cents) as "商家实收金额(元)",
    unit_count as "商品数量(件)",
    strftime(shipped_moment, '%Y-%m-%d %H:%M:%S') as "发货时间",
    strftime(completed_moment, '%Y-%m-%d %H:%M:%S') as "确认收货时间",
    product_id as "商品id",
    sku_name as "商品规格",
    sku_id as "商家编码-规格维度",
    spu_id as "商家编码-商品维度",
    case when refunded_cents > 0 then '退款成功' else '无售后或售后取消' end as "售后状态",
    tracking_no as "快递单号",
    carrier as "快递公司"
from stated;
