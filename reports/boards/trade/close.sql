-- One row per shop, month and kind of file of the last 13 months.
select
    shop_key,
    month_date,
    file_kind,
    coalesce(wallet, '–') as wallet,
    file_status,
    coalesce(blocked_figures, '–') as blocked_figures,
    1 as files
from thematic.month_close
cross join subject.dim_as_of_date
where month_date >= date_trunc('month', as_of_date) - interval 12 month
order by month_date, file_kind, shop_key, wallet
