-- One row per warehouse and region of the buyer: parcels that left in the last 90 days, without the
-- last week, of the 300 lanes with most parcels.
select
    coalesce(dim_warehouses.warehouse_name, fct_shipments.warehouse_id) as warehouse,
    coalesce(dim_regions.province_name, dim_regions.country_name) as region,
    coalesce(dim_regions.province_name_zh, dim_regions.country_name_zh) as region_zh,
    count(*) as parcels,
    count(fct_shipments.is_delivered_late) as delivery_promises,
    sum(case when fct_shipments.is_delivered_late then 1 else 0 end) as late_parcels,
    sum(fct_shipments.transit_hours) as transit_hours,
    count(fct_shipments.transit_hours) as transits
from subject.fct_shipments
left join subject.fct_orders on fct_shipments.order_key = fct_orders.order_key
left join subject.dim_regions on fct_orders.region_key = dim_regions.region_key
left join subject.dim_warehouses on fct_shipments.warehouse_id = dim_warehouses.warehouse_id
cross join subject.dim_as_of_date
where
    fct_shipments.direction = 'outbound'
    and fct_shipments.shipped_date between as_of_date - 96 and as_of_date - 7
group by
    coalesce(dim_warehouses.warehouse_name, fct_shipments.warehouse_id),
    coalesce(dim_regions.province_name, dim_regions.country_name),
    coalesce(dim_regions.province_name_zh, dim_regions.country_name_zh)
order by parcels desc, warehouse, region
limit 300
