-- One row per shop, month and kind of file that is not there, or does not prove its balance.
select
    shop_key,
    month_date,
    file_kind,
    wallet,
    file_status,
    due_date,
    blocked_figures,
    row_count as rows_so_far
from thematic.month_close
where file_status <> 'there'
order by month_date desc, shop_key, file_kind, wallet
limit 500
