-- One row per month-end and stage of the last 25 month-ends.
select
    month_end_date as month_date,
    stage,
    customers
from thematic.lifecycle_month_ends
cross join subject.dim_as_of_date
where month_end_date >= as_of_date - interval 25 month
order by
    month_end_date,
    case stage
        when 'new' then 1 when 'active' then 2 when 'returned' then 3 when 'cooling' then 4
        when 'dormant' then 5 else 6
    end
