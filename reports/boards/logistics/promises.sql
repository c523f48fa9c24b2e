-- One row per shop and month in which parcels were shipped, the last 13 months. Late is over
-- parcels with a promise that were delivered, or shipped; what is still on its way has its own
-- column.
select
    shop_key,
    cast(date_trunc('month', shipped_date) as date) as month_date,
    count(*) as parcels,
    count(is_shipped_late) as ship_promises,
    sum(case when is_shipped_late = false then 1 else 0 end) as shipped_on_time,
    count(is_delivered_late) as delivery_promises,
    sum(case when is_delivered_late = false then 1 else 0 end) as delivered_on_time,
    sum(transit_hours) as transit_hours,
    count(transit_hours) as transits,
    sum(order_to_delivery_hours) as total_hours,
    count(order_to_delivery_hours) as totals,
    sum(case when is_lost then 1 else 0 end) as lost_parcels,
    sum(case when is_overdue and not is_lost then 1 else 0 end) as overdue_parcels
from subject.fct_shipments
cross join subject.dim_as_of_date
where
    direction = 'outbound'
    and shipped_date <= as_of_date
    and shipped_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, month_date
order by month_date, shop_key
