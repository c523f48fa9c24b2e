-- 账务明细 of the Alipay account of a Tmall or Taobao shop: a row per movement, with the balance after
-- it. Taobao calls its commission 基础软件服务费.

create or replace table file_alipay_wallet as
with
named as (
    select
        *,
        case
            when kind = 'payout' then '交易付款'
            when kind = 'refund' then '交易退款'
            else '其它'
        end as movement_type,
        case
            when kind = 'payout' then '0010002|交易收款-交易收款'
            when kind = 'refund' then '0020001|交易退款-售后退款'
            when kind = 'subsidy' then '0010005|平台补贴'
            when kind = 'freight_insurance' then '0040001|运费险保费'
            when kind = 'penalty' then '0050001|违约金'
            when kind = 'commission' and platform = 'tmall' then '0030001|天猫佣金'
            when kind = 'commission' then '0030002|基础软件服务费'
            else '0030003|技术服务费'
        end as description,
        -- The account begins with ten thousand.
        1000000 + sum(cents) over (
            partition by platform, shop_id order by settled_moment, settlement_id
        )::bigint as balance_cents
    from platform_entries
    where platform in ('tmall', 'taobao')
)
select
    platform,
    shop_id,
    file_part,
    strftime(settled_moment, '%Y%m%d%H%M%S') || settlement_id as sort_key,
    cents,
    -- The flow's number: its time, and a number of its own.
    strftime(settled_moment, '%Y%m%d') || regexp_replace(settlement_id, '[^0-9]', '', 'g')
        as "账务流水号",
    strftime(settled_moment, '%Y%m%d') || '22001'
        || regexp_replace(split_part(settlement_id, '-', 1), '[^0-9]', '', 'g') as "业务流水号",
    case when kind = 'payout' then '栖木商品' end as "商品名称",
    settled_at as "发生时间",
    money(greatest(cents, 0)) as "收入金额（+元）",
    money(least(cents, 0)) as "支出金额（-元）",
    money(balance_cents) as "账户余额（元）",
    movement_type as "业务类型",
    case when order_id is not null then '订单号：' || order_id end as "备注",
    'T200P' || order_id as "商户订单号",
    '***' as "对方账号",
    description as "业务描述",
    order_id as "业务基础订单号"
from named;
