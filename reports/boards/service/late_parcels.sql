-- Two rows: fully delivered orders with a promise, late or not, that arrived two weeks before the
-- as-of date at least, so that contacts, reviews and refunds had time to come.
with parcels as (
    select
        order_key,
        max(case when is_delivered_late then 1 else 0 end) as late,
        count(is_delivered_late) as promises,
        max(delivered_date) as last_date
    from subject.fct_shipments
    where direction = 'outbound'
    group by order_key
    having count(delivered_at) = count(*)
),

contacts as (select distinct order_key from subject.fct_tickets),

reviews as (
    select
        order_key,
        avg(rating) as rating
    from subject.fct_reviews
    group by order_key
)

select
    case when parcels.late = 1 then 'late' else 'on_time' end as promise,
    count(*) as orders,
    count(contacts.order_key) as contacted,
    count(reviews.rating) as reviewed,
    sum(case when reviews.rating <= 2 then 1 else 0 end) as poor_reviews,
    sum(fct_orders.refund_base_amount) as refunds,
    sum(fct_orders.revenue_base_amount) as revenue
from subject.fct_orders
inner join parcels on fct_orders.order_key = parcels.order_key
left join contacts on fct_orders.order_key = contacts.order_key
left join reviews on fct_orders.order_key = reviews.order_key
cross join subject.dim_as_of_date
where
    fct_orders.is_valid and parcels.promises > 0 and parcels.last_date <= as_of_date - 14
group by promise
order by promise desc
