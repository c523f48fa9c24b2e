-- 订单列表 of a JD shop: a row per product, the order's money on each. Who bears a discount is not
-- told.

create or replace table file_jd_orders as
select
    platform,
    shop_id,
    file_part,
    strftime(created_moment, '%Y%m%d%H%M%S') || order_id || line_no as sort_key,
    order_id as "订单号",
    product_id as "商品ID",
    product_name as "商品名称",
    quantity as "订购数量",
    case when payment_on_delivery then '货到付款' else '在线支付' end as "支付方式",
    created_at as "下单时间",
    unit_price as "京东价",
    money(sum(line_gross_cents) over (partition by shop_id, order_id)::bigint) as "订单金额",
    money(payable_in_cents) as "结算金额",
    0 as "余额支付",
    money(payable_in_cents) as "应付金额",
    case status
        when 'created' then '等待付款'
        when 'deposit_paid' then '等待付款'
        when 'paid' then '等待出库'
        when 'completed' then '完成'
        when 'closed' then '已取消'
        when 'cancelled' then '已取消'
        else '等待确认收货'
    end as "订单状态",
    '一般订单' as "订单类型",
    account_id as "下单帐号",
    receiver_name as "客户姓名",
    concat_ws(' ', receiver_province, receiver_city, receiver_district, receiver_address)
        as "客户地址",
    receiver_phone as "联系电话",
    '不开发票' as "发票类型",
    money(freight_in_cents) as "运费金额",
    paid_at as "付款确认时间",
    sku_id as "货号",
    strftime(completed_moment, '%Y-%m-%d %H:%M:%S') as "订单完成时间",
    'APP' as "订单来源",
    'POP' as "订单渠道"
from platform_lines
where platform = 'jd';
