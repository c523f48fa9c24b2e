-- Profit, what changes place and what is unexplained are together the file's total, less what a
-- later file tells again.

with

movements as (

    select
        money_file_key,
        sum(case when side = 'profit' then amount else 0 end) as profit_amount,
        sum(case when side = 'excluded' then amount else 0 end) as excluded_amount,
        sum(case when side = 'open' then amount else 0 end) as open_amount
    from {{ ref('fct_money_movements') }}
    group by money_file_key

)

select files.money_file_key
from {{ ref('fct_money_files') }} as files
full outer join movements
    on files.money_file_key = movements.money_file_key
where
    coalesce(files.total_amount - files.replaced_amount, 0)
    <> coalesce(
        movements.profit_amount + movements.excluded_amount + movements.open_amount, 0
    )
    or files.money_file_key is null
