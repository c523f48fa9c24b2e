-- One row per supplier; open and cancelled lines are neither on time nor late.
select
    coalesce(dim_suppliers.supplier_name, fct_purchase_orders.supplier_id) as supplier,
    count(fct_purchase_orders.is_on_time) as finished_lines,
    sum(case when fct_purchase_orders.is_on_time then 1 else 0 end) as on_time_lines,
    count(fct_purchase_orders.is_in_full) as judged_lines,
    sum(case when fct_purchase_orders.is_in_full then 1 else 0 end) as full_lines,
    median(fct_purchase_orders.days_late) as days_late,
    median(fct_purchase_orders.lead_days) as lead_days,
    sum(fct_purchase_orders.open_quantity) as open_units
from subject.fct_purchase_orders
left join subject.dim_suppliers
    on fct_purchase_orders.supplier_id = dim_suppliers.supplier_id
group by coalesce(dim_suppliers.supplier_name, fct_purchase_orders.supplier_id)
order by supplier
