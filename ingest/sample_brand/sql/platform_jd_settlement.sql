-- 费用明细 of a JD shop: a row per amount, signed, and its direction in words. 货款 that goes out is a
-- refund.

create or replace table file_jd_settlement as
select
    entries.platform,
    entries.shop_id,
    entries.file_part,
    strftime(settled_moment, '%Y%m%d%H%M%S') || settlement_id as sort_key,
    entries.order_id as "订单编号",
    '完成' as "订单状态",
    orders.created_at as "下单时间",
    strftime(orders.completed_moment, '%Y-%m-%d %H:%M:%S') as "订单完成时间",
    settled_at as "结算时间",
    regexp_replace(settlement_id, '[^0-9]', '', 'g') as "商户订单号",
    case kind
        when 'payout' then '货款'
        when 'refund' then '货款'
        when 'commission' then '佣金'
        when 'subsidy' then '京东承担优惠'
        when 'penalty' then '违约金'
        else '技术服务费'
    end as "费用名称",
    case when cents > 0 then '收入' else '支出' end as "费用分类",
    money(cents) as "金额",
    case
        when entries.order_id is null then '费用结算单'
        when is_of_refund then '售后结算单'
        else '订单结算单'
    end as "结算单类型",
    'JS' || strftime(settled_moment, '%Y%m%d') as "结算单号",
    '栖木' as "结算主体"
from platform_entries as entries
left join platform_orders as orders using (platform, shop_id, order_id)
where entries.platform = 'jd';
