-- 动账明细 of a Douyin shop, long form: a sub-order's settlement is one row with its parts, all other
-- movements have an amount alone.

create or replace table file_douyin_settlement as
with
settled_orders as (
    select
        platform, shop_id, order_id, file_part, settled_moment, settled_at,
        min(settlement_id) as settlement_id,
        coalesce(sum(cents) filter (where kind = 'payout'), 0)::bigint as payout_cents,
        coalesce(sum(cents) filter (where kind = 'subsidy'), 0)::bigint as subsidy_cents,
        coalesce(sum(cents) filter (where kind = 'commission'), 0)::bigint as commission_cents
    from platform_entries
    where platform = 'douyin' and order_id is not null and not is_of_refund
    group by all
),
in_parts as (
    select
        settled_orders.*,
        lines.* exclude (platform, shop_id, order_id, file_part),
        dealt(
            payout_cents, line_no, line_goods_cents, goods_upto_cents, goods_in_cents
        ) as paid_part,
        dealt(
            least(partner_discount_cents, subsidy_cents),
            line_no, line_goods_cents, goods_upto_cents, goods_in_cents
        ) as partner_part,
        dealt(
            subsidy_cents - least(partner_discount_cents, subsidy_cents),
            line_no, line_goods_cents, goods_upto_cents, goods_in_cents
        ) as platform_part,
        dealt(
            commission_cents, line_no, line_goods_cents, goods_upto_cents, goods_in_cents
        ) as fee_part
    from settled_orders
    inner join platform_lines as lines using (platform, shop_id, order_id)
),
moved as (
    select
        platform, shop_id, file_part, settled_moment, settled_at, order_id,
        settlement_id || '-' || line_no as flow,
        douyin_sub_order(order_id, line_no) as sub_order,
        paid_part + partner_part + platform_part + fee_part as cents,
        '货款结算入账' as scene, '货款' as fee_kind,
        created_at, product_id, product_name, order_type,
        paid_part, partner_part, platform_part, fee_part
    from in_parts
    where paid_part <> 0 or partner_part <> 0 or platform_part <> 0 or fee_part <> 0
    union all by name
    select
        platform, shop_id, file_part, settled_moment, settled_at, order_id,
        settlement_id as flow,
        douyin_sub_order(order_id, 1) as sub_order,
        cents,
        case
            when kind = 'refund' then '退款-结算后退款-退用户'
            when kind = 'subsidy' then '退款-订单退款触发-退补贴'
            when kind = 'commission' then '退款-结算后退款-退分账'
            when kind = 'penalty' then '违约金'
            else '技术服务费'
        end as scene,
        case kind
            when 'refund' then '退款'
            when 'subsidy' then '平台补贴'
            when 'commission' then '平台服务费'
            when 'penalty' then '违约金'
            else '技术服务费'
        end as fee_kind
    from platform_entries
    where platform = 'douyin' and (order_id is null or is_of_refund)
)
select
    platform,
    shop_id,
    file_part,
    strftime(settled_moment, '%Y%m%d%H%M%S') || flow as sort_key,
    settled_at as "动账时间",
    chr(9) || flow as "动帐流水号",
    case when cents < 0 then '出账' else '入账' end as "动账方向",
    money(abs(cents)) as "动账金额",
    '聚合账户' as "动账账户",
    scene as "动账场景",
    fee_kind as "计费类型",
    chr(9) || sub_order as "子订单号",
    chr(9) || order_id as "订单号",
    created_at as "下单时间",
    chr(9) || product_id as "商品ID",
    product_name as "商品名称",
    case when order_type is not null then '普通订单' end as "订单类型",
    money(coalesce(paid_part, 0)) as "订单实付应结",
    money(0) as "运费实付",
    money(coalesce(platform_part, 0)) as "实际平台补贴",
    money(coalesce(partner_part, 0)) as "实际达人补贴",
    money(0) as "订单退款",
    money(coalesce(fee_part, 0)) as "平台服务费",
    money(0) as "佣金",
    '否' as "是否免佣",
    '杭州栖木贸易有限公司' as "商户主体名称"
from moved;
