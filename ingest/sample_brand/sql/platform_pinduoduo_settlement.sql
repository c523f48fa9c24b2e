-- 账户资金明细 of a Pinduoduo shop: a row per movement. Its commission is called 技术服务费.

create or replace table file_pinduoduo_settlement as
select
    platform,
    shop_id,
    file_part,
    strftime(settled_moment, '%Y%m%d%H%M%S') || settlement_id as sort_key,
    order_id as "商户订单号",
    settled_at as "发生时间",
    money(greatest(cents, 0)) as "收入金额（+元）",
    money(least(cents, 0)) as "支出金额（-元）",
    case kind
        when 'payout' then '交易收入'
        when 'refund' then '交易退款'
        when 'commission' then '技术服务费'
        when 'subsidy' then '优惠券结算'
        when 'penalty' then '其他支出'
        else '服务支出'
    end as "账务类型",
    case kind
        when 'payout' then '0010002|交易收入-订单收入'
        when 'refund' then '0020002|交易退款-订单退款'
        when 'commission' then '0030002|技术服务费-基础技术服务费'
        when 'subsidy' then '0010003|优惠券结算-平台优惠券'
        when 'penalty' then '0050002|违约金-延迟发货'
        else '0030005|服务支出-店铺服务'
    end as "业务描述"
from platform_entries
where platform = 'pinduoduo';
