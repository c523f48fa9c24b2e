-- One row per warehouse and Sunday of the last half year: what stands there. A warehouse's value is
-- null once a piece of it has no known cost.
select
    fct_stock_daily.date_day,
    coalesce(dim_warehouses.warehouse_name, fct_stock_daily.warehouse_id) as warehouse,
    sum(fct_stock_daily.closing_quantity) as units,
    sum(fct_stock_daily.closing_value_amount) as stock_value
from subject.fct_stock_daily
inner join subject.dim_dates on fct_stock_daily.date_day = dim_dates.date_day
left join subject.dim_warehouses on fct_stock_daily.warehouse_id = dim_warehouses.warehouse_id
cross join subject.dim_as_of_date
where
    fct_stock_daily.warehouse_id is not null
    and fct_stock_daily.date_day between as_of_date - 182 and as_of_date
    and dim_dates.week_start_date = dim_dates.date_day - 6
group by
    fct_stock_daily.date_day,
    coalesce(dim_warehouses.warehouse_name, fct_stock_daily.warehouse_id)
order by fct_stock_daily.date_day, warehouse
