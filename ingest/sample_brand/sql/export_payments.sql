-- Payments; those that succeeded add up to the payable amount of a paid order.

create or replace table export_payments as
with
attempts as (
    select order_no, 0 as attempt, 'full' as stage, payable_cents as cents, 'succeeded'
        as status, paid_at as happened_at
    from orders
    where fate in ('paid', 'cancelled', 'store', 'on_delivery')
    union all
    select order_no, 1, 'deposit', deposit_cents, 'succeeded', deposit_at from orders
    where fate in ('presale', 'presale_dropped')
    union all
    select order_no, 2, 'balance', payable_cents - deposit_cents, 'succeeded', paid_at from orders
    where fate = 'presale'
    union all
    select order_no, 3, 'full', payable_cents, 'failed', later(created_at, 8) from orders
    where
        (fate = 'paid' and chance(order_no, 'failed attempt', 0.04))
        or (fate = 'unpaid' and chance(order_no, 'failed attempt', 0.15))
    union all
    select order_no, 4, 'full', payable_cents, 'cancelled', later(created_at, 11) from orders
    where fate in ('paid', 'unpaid') and chance(order_no, 'broken off', 0.01)
    union all
    -- Three in ten of the deposits that came to nothing are given back; the others are lost.
    select order_no, 1, 'deposit', deposit_cents, 'cancelled', closed_at + interval 1 day
    from orders
    where fate = 'presale_dropped' and chance(order_no, 'deposit back', 0.3)
)
select
    'P' || lpad(scramble(order_no)::varchar, 10, '0') || attempt as payment_id,
    platform,
    shop_id,
    order_id,
    stage,
    case platform
        when 'tmall' then 'alipay'
        when 'taobao' then 'alipay'
        when 'jd' then pick(order_no, 'method', ['jd_pay', 'wechat_pay', 'bank_card'])
        when 'pinduoduo' then pick(order_no, 'method', ['wechat_pay', 'alipay', 'duoduo_pay'])
        when 'douyin' then pick(order_no, 'method', ['douyin_pay', 'alipay', 'wechat_pay'])
        when 'offline' then pick(order_no, 'method', ['wechat_pay', 'alipay', 'cash', 'bank_card'])
        else pick(order_no, 'method', ['credit_card', 'credit_card', 'paypal', 'apple_pay'])
    end as method,
    money(cents) as amount,
    money(case when status = 'succeeded' then (cents * 6 + 500) // 1000 else 0 end) as fee,
    status,
    written(
        case
            when attempt = 1 then deposit_at
            when status = 'succeeded' then happened_at
        end,
        platform
    ) as paid_at,
    written(happened_at, platform) as updated_at,
    null::boolean as is_deleted,
    happened_at::date as export_day,
    order_no * 8 + attempt as batch_key,
    0::bigint as row_key
from attempts
inner join orders using (order_no)
where cents > 0 and happened_at < getvariable('horizon');
