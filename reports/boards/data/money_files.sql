-- One row per shop and layout of files of settlements, wallets and banks.
select
    shop_key,
    layout,
    count(*) as files,
    sum(row_count) as row_count,
    sum(replaced_row_count) as replaced_rows,
    count(is_balance_proved) as judged_files,
    sum(case when is_balance_proved then 1 else 0 end) as proved_files
from subject.fct_money_files
group by shop_key, layout
order by layout, shop_key
