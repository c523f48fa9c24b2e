-- 订单报表 (ExportOrderList) of Tmall and Taobao: a row per order. Who bears a discount is not told.

create or replace macro taobao_status(status) as
    case status
        when 'created' then '等待买家付款'
        when 'deposit_paid' then '等待买家付尾款'
        when 'paid' then '买家已付款，等待卖家发货'
        when 'completed' then '交易成功'
        when 'closed' then '交易关闭'
        when 'cancelled' then '交易关闭'
        else '卖家已发货，等待买家确认'
    end;

create or replace table file_taobao_orders as
with
titles as (
    select
        platform, shop_id, order_id,
        string_agg(product_name, '，' order by line_no) as titles,
        sum(quantity) as unit_count,
        count(distinct spu_id) as product_count
    from platform_lines
    group by platform, shop_id, order_id
)
select
    platform_orders.platform,
    platform_orders.shop_id,
    file_part,
    strftime(created_moment, '%Y%m%d%H%M%S') || order_id as sort_key,
    '="' || order_id || '"' as "订单编号",
    account_id as "买家会员名",
    money(goods_in_cents) as "买家应付货款",
    money(freight_in_cents) as "买家应付邮费",
    0 as "买家支付积分",
    money(payable_in_cents) as "总金额",
    0 as "返点积分",
    money(case when paid_at is null then 0 else payable_in_cents end) as "买家实际支付金额",
    0 as "买家实际支付积分",
    taobao_status(status) as "订单状态",
    receiver_name as "收货人姓名",
    concat_ws(' ', receiver_province, receiver_city, receiver_district, receiver_address)
        as "收货地址",
    '快递' as "运送方式",
    '''' || receiver_phone as "联系手机",
    created_at as "订单创建时间",
    paid_at as "订单付款时间",
    titles.titles as "宝贝标题",
    titles.product_count as "宝贝种类",
    tracking_no as "物流单号",
    carrier as "物流公司",
    titles.unit_count as "宝贝总数量",
    shops.name as "店铺名称",
    coalesce(cancel_reason, '订单未关闭') as "订单关闭原因",
    '0元' as "卖家服务费",
    '0元' as "买家服务费",
    '手机订单' as "是否手机订单",
    money(case when status = 'completed' then payable_in_cents else 0 end) || '元'
        as "打款商家金额",
    case when refunded_cents > 0 then money(refunded_cents)::varchar else '无退款申请' end
        as "退款金额"
from platform_orders
inner join shops using (platform, shop_id)
left join titles using (platform, shop_id, order_id)
where platform in ('tmall', 'taobao');
