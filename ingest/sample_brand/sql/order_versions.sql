-- orders: everything that is known of an order in the end.
-- order_versions: what was exported of it and when; every version re-sends all of its lines.

create or replace table orders as
select
    order_seeds.*,
    order_money.* exclude (order_no),
    order_times.* exclude (order_no),
    chance(order_seeds.order_no, 'edited', 0.025) and fate = 'paid' as is_edited,
    case order_seeds.platform
        when 'tmall'
            then strftime(created_at, '%y%m%d')
                || lpad(scramble(order_seeds.order_no)::varchar, 10, '0') || '11'
        when 'taobao'
            then strftime(created_at, '%y%m%d')
                || lpad(scramble(order_seeds.order_no)::varchar, 10, '0') || '11'
        when 'jd' then '3' || lpad(scramble(order_seeds.order_no)::varchar, 11, '0')
        when 'pinduoduo'
            then strftime(created_at, '%y%m%d-')
                || lpad(scramble(order_seeds.order_no)::varchar, 15, '0')
        when 'douyin' then '69' || lpad(scramble(order_seeds.order_no)::varchar, 17, '0')
        when 'shopify' then '#' || scramble(order_seeds.order_no)
        when 'amazon'
            then '113-' || lpad((scramble(order_seeds.order_no) // 10000000)::varchar, 7, '0')
            || '-' || lpad((scramble(order_seeds.order_no) % 10000000)::varchar, 7, '0')
        -- Receipts are numbered from 1 in each store, every day: both stores use the same numbers.
        else strftime(created_at, '%Y%m%d-') || lpad(receipts.receipt_no::varchar, 4, '0')
    end as order_id
from order_seeds
inner join order_money using (order_no)
inner join order_times using (order_no)
left join (
    select
        order_no,
        row_number() over (partition by shop_id, day order by created_at, order_no) as receipt_no
    from order_seeds
    where platform = 'offline'
) as receipts using (order_no);

create or replace table order_versions as
with
seen as (
    select order_no, 0 as version, 'created' as status, created_at as seen_at, false as is_deleted
    from orders
    where
        is_edited
        or fate in ('on_delivery', 'refused')
        or (fate = 'unpaid' and chance(order_no, 'seen unpaid', 0.3))
        or (fate = 'paid' and paid_at::date > created_at::date)
    union all
    select order_no, 1, 'deposit_paid', deposit_at, false from orders
    where fate in ('presale', 'presale_dropped')
    union all
    select order_no, 2, 'paid', paid_at, false from orders
    where fate in ('paid', 'cancelled', 'presale', 'points_only')
    union all
    select order_no, 3, 'shipped', shipped_at, false from orders
    where chance(order_no, 'seen shipped', 0.04)
    union all
    select order_no, 4, 'delivered', greatest(delivered_at, paid_at), false from orders
    where fate = 'on_delivery' or (fate <> 'refused' and chance(order_no, 'seen delivered', 0.03))
    union all
    select order_no, 5, 'completed', completed_at, false from orders
    union all
    select order_no, 6, case when fate = 'cancelled'
        then 'cancelled' else 'closed' end, closed_at, false
    from orders
    union all
    -- A few of the unpaid orders are deleted again.
    select order_no, 7, null, closed_at + interval 2 day, true from orders
    where fate = 'unpaid' and chance(order_no, 'deleted', 0.03)
)
select
    *,
    order_no * 8 + version as batch_key,
    -- The version before an order was edited still has one more line.
    version = 0 and order_no in (select order_no from orders where is_edited) as has_extra_line
from seen
where seen_at < getvariable('horizon');

create or replace table extra_lines as
with picked as (
    select
        order_no,
        platform,
        line_count + 1 as line_no,
        whole(order_no, 'extra sku', 1, 8) as sku_no
    from orders
    where is_edited
)
select
    picked.order_no,
    picked.line_no,
    picked.sku_no,
    case when is_foreign(picked.platform)
        then skus.usd_cents else skus.list_cents end as price_cents
from picked
inner join skus using (sku_no);
