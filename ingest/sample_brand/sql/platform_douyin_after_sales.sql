-- 售后列表 of a Douyin shop: a row per sub-order that is asked back. How many pieces is not told.

create or replace table file_douyin_after_sales as
select
    platform,
    shop_id,
    file_part,
    applied_at || refund_number as sort_key,
    chr(9) || refund_number as "售后单号",
    chr(9) || order_id as "订单号",
    chr(9) || douyin_sub_order(order_id, line_no) as "商品单号",
    product_name as "商品名称",
    chr(9) || product_id as "商品ID",
    case when refund_stage = 'before_shipping' then '未发货' else '已发货' end as "商品发货状态",
    case refund_kind
        when 'exchange' then '换货'
        when 'refund_only' then '仅退款'
        else '退货退款'
    end as "售后类型",
    money(line_goods_back_cents) as "退商品金额（元）",
    money(line_freight_back_cents) as "退运费金额（元）",
    money(0) as "退支付优惠（元）",
    case refund_status
        when 'completed'
            then case refund_kind when 'exchange' then '换货完成' else '同意退款，退款成功' end
        when 'rejected' then '商家拒绝退款'
        when 'cancelled' then '用户取消申请'
        else '同意退款，退款中'
    end as "售后状态",
    applied_at as "售后申请时间",
    reason as "售后原因",
    coalesce(completed_at, '-') as "用户到账时间",
    sku_id as "商家编码"
from platform_refund_lines
where platform = 'douyin';
