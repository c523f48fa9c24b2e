-- One row per month-end and segment: spells of equal scores, counted on each month-end.
with month_ends as (
    select distinct dim_dates.month_end_date
    from subject.dim_dates
    cross join subject.dim_as_of_date
    where dim_dates.month_end_date <= as_of_date
)

select
    month_ends.month_end_date as month_date,
    rfm_history.segment_code,
    rfm_history.segment_name,
    rfm_history.segment_name_zh,
    count(*) as customers
from month_ends
inner join thematic.rfm_history
    on
        month_ends.month_end_date >= rfm_history.valid_from_date
        and month_ends.month_end_date <= coalesce(rfm_history.valid_to_date, month_end_date)
group by
    month_ends.month_end_date, rfm_history.segment_code, rfm_history.segment_name,
    rfm_history.segment_name_zh
order by month_ends.month_end_date, rfm_history.segment_code
