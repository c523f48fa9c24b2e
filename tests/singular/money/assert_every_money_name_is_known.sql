-- Names that no rule knows, with what they come to: the largest first.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

with

unexplained as (

    select
        platform_code,
        layout,
        currency_code,
        coalesce(part_name, fee_name, movement_type, '(no name)') as written_name,
        count(*) as movement_count,
        sum(abs(amount)) as open_amount
    from {{ ref('fct_money_movements') }}
    where side = 'open'
    group by
        platform_code,
        layout,
        currency_code,
        coalesce(part_name, fee_name, movement_type, '(no name)')

)

select
    written_name || ' (' || platform_code || ', ' || coalesce(layout, 'no layout') || '): '
    || movement_count || ' movements, ' || cast(cast(open_amount as decimal(28, 2)) as string)
    || ' ' || currency_code || ' unexplained: add a row to seeds/money_class_rules.csv'
        as what_to_do
from unexplained
order by open_amount desc, what_to_do asc
