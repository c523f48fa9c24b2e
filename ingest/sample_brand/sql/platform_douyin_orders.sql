-- 订单列表 of a Douyin shop: a row per sub-order, and who really bears its discounts. The shop bears
-- the points.

create or replace macro douyin_sub_order(order_id, line_no) as
    left(order_id, 2) || (line_no - 1) || substr(order_id, 4);

create or replace table file_douyin_orders as
with
borne as (
    select
        *,
        line_discount_cents + line_seller_cents + line_points_cents as of_seller_cents
    from platform_lines
    where platform = 'douyin'
)
select
    platform,
    shop_id,
    file_part,
    strftime(created_moment, '%Y%m%d%H%M%S') || order_id || line_no as sort_key,
    chr(9) || order_id as "主订单编号",
    chr(9) || douyin_sub_order(order_id, line_no) as "子订单编号",
    product_name as "选购商品",
    sku_name as "商品规格",
    quantity as "商品数量",
    chr(9) || product_id as "商品ID",
    sku_id as "商家编码",
    unit_price as "商品单价",
    money(line_goods_cents) as "订单应付金额",
    money(line_freight_cents) as "运费",
    money(of_seller_cents + line_platform_cents + line_partner_cents) as "优惠总金额",
    money(line_platform_cents) as "平台优惠",
    money(of_seller_cents) as "商家优惠",
    money(line_partner_cents) as "达人优惠",
    money(0) as "商家改价",
    money(0) as "支付优惠",
    money(0) as "红包抵扣",
    case when paid_at is not null then '抖音支付' else '-' end as "支付方式",
    money(0) as "手续费",
    '##' || left(receiver_name, 1) || '##' as "收件人",
    '$$' || md5(receiver_phone) || '$$' as "收件人手机号",
    receiver_province as "省",
    receiver_city as "市",
    receiver_district as "区",
    '##' || md5(receiver_address) || '##' as "详细地址",
    '否' as "是否修改过地址",
    created_at as "订单提交时间",
    coalesce(strftime(completed_moment, '%Y-%m-%d %H:%M:%S'), '-') as "订单完成时间",
    coalesce(paid_at, '-') as "支付完成时间",
    case status
        when 'created' then '待支付'
        when 'deposit_paid' then '待支付'
        when 'paid' then '待发货'
        when 'completed' then '已完成'
        when 'closed' then '已关闭'
        when 'cancelled' then '已关闭'
        else '已发货'
    end as "订单状态",
    '普通订单' as "订单类型",
    case when order_type = 'live' then '直播' else '商品卡' end as "流量体裁",
    '-' as "售后状态",
    coalesce(cancel_reason, '-') as "取消原因",
    coalesce(strftime(shipped_moment, '%Y-%m-%d %H:%M:%S'), '-') as "发货时间",
    money(line_platform_cents) as "平台实际承担优惠金额",
    money(of_seller_cents) as "商家实际承担优惠金额",
    money(line_partner_cents) as "达人实际承担优惠金额"
from borne;
