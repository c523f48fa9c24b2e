-- One row per day of the last four weeks, beside the median of the same weekday in the eight weeks
-- before that day: one festival among them does not move it.
with days as (
    select
        date_day,
        sum(revenue_base_amount) as revenue
    from subject.fct_sales_daily
    cross join subject.dim_as_of_date
    where date_day between as_of_date - 84 and as_of_date
    group by date_day
),

numbered as (
    select
        date_day,
        revenue,
        row_number() over (order by date_day) as day_number
    from days
)

select
    numbered.date_day,
    numbered.revenue,
    median(earlier.revenue) as usual_revenue
from numbered
left join numbered as earlier
    on
        numbered.day_number > earlier.day_number
        and numbered.day_number <= earlier.day_number + 56
        and mod(numbered.day_number - earlier.day_number, 7) = 0
cross join subject.dim_as_of_date
where numbered.date_day >= as_of_date - 27
group by numbered.date_day, numbered.revenue
order by numbered.date_day
