-- One row per shop and carrier: parcels that left in the last 60 days, without the last week, whose
-- parcels are still on their way.
select
    fct_shipments.shop_key,
    fct_shipments.carrier_code,
    coalesce(dim_carriers.carrier_name, fct_shipments.carrier_code) as carrier,
    coalesce(dim_carriers.carrier_name_zh, fct_shipments.carrier_code) as carrier_zh,
    count(*) as parcels,
    count(fct_shipments.delivered_at) as delivered_parcels,
    count(fct_shipments.is_delivered_late) as delivery_promises,
    sum(case when fct_shipments.is_delivered_late then 1 else 0 end) as late_parcels,
    sum(fct_shipments.transit_hours) as transit_hours,
    count(fct_shipments.transit_hours) as transits,
    sum(fct_shipments.freight_cost_amount) as freight_cost,
    count(fct_shipments.freight_cost_amount) as freight_costs,
    sum(case when fct_shipments.is_overdue and not fct_shipments.is_lost then 1 else 0 end)
        as overdue_parcels,
    sum(case when fct_shipments.is_lost then 1 else 0 end) as lost_parcels
from subject.fct_shipments
left join subject.dim_carriers on fct_shipments.carrier_code = dim_carriers.carrier_code
cross join subject.dim_as_of_date
where
    fct_shipments.direction = 'outbound'
    and fct_shipments.shipped_date between as_of_date - 66 and as_of_date - 7
group by
    fct_shipments.shop_key, fct_shipments.carrier_code,
    coalesce(dim_carriers.carrier_name, fct_shipments.carrier_code),
    coalesce(dim_carriers.carrier_name_zh, fct_shipments.carrier_code)
order by parcels desc, fct_shipments.carrier_code, fct_shipments.shop_key
