-- One row per shop, month and state of the files of the last 13 months.
select
    shop_key,
    month_date,
    file_status,
    count(*) as files
from thematic.month_close
cross join subject.dim_as_of_date
where month_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, month_date, file_status
order by month_date, file_status desc, shop_key
