-- 宝贝报表 (ExportOrderDetailList) of Tmall and Taobao: a row per item. What the platform or a host
-- bears is not told: 买家应付货款 is after all discounts.

create or replace table file_taobao_order_items as
with
refunded as (
    select platform, shop_id, order_id, line_no, sum(line_refund_cents)::bigint as cents
    from platform_refund_lines
    where refund_status = 'completed'
    group by platform, shop_id, order_id, line_no
)
select
    platform,
    shop_id,
    file_part,
    strftime(created_moment, '%Y%m%d%H%M%S') || order_id || line_no as sort_key,
    '="' || left(order_id, 16) || (10 + line_no) || '"' as "子订单编号",
    '="' || order_id || '"' as "主订单编号",
    product_name as "标题",
    unit_price as "价格",
    quantity as "购买数量",
    sku_id as "外部系统编号",
    '规格：' || sku_name as "商品属性",
    taobao_status(status) as "订单状态",
    spu_id as "商家编码",
    money(line_goods_cents) as "买家应付货款",
    money(case when paid_at is null then 0 else line_goods_cents + line_freight_cents end)
        as "买家实际支付金额",
    case when refunded.cents > 0 then '退款成功' else '没有申请退款' end as "退款状态",
    case when refunded.cents > 0 then money(refunded.cents)::varchar else '无退款申请' end
        as "退款金额",
    created_at as "订单创建时间",
    paid_at as "订单付款时间"
from platform_lines
left join refunded using (platform, shop_id, order_id, line_no)
where platform in ('tmall', 'taobao');
