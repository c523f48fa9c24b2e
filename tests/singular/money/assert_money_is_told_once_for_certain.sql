-- Where two layouts of an account meet and it is not certain which rows are the same money.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

with

doubtful as (

    select
        money_files.file_name,
        told_again.doubt,
        told_again.is_told_elsewhere,
        movements.movement_currency_code,
        count(*) as movement_count,
        min(movements.moved_date) as first_date,
        max(movements.moved_date) as last_date,
        sum(movements.movement_amount) as doubtful_amount
    from {{ ref('int_money_told_again') }} as told_again
    inner join {{ ref('int_money_movements_localized') }} as movements
        on told_again.money_movement_key = movements.money_movement_key
    left join {{ ref('int_money_files') }} as money_files
        on movements.money_file_key = money_files.money_file_key
    where told_again.doubt is not null
    group by
        money_files.file_name,
        told_again.doubt,
        told_again.is_told_elsewhere,
        movements.movement_currency_code

)

select
    coalesce(file_name, 'a file') || ', ' || cast(first_date as string) || ' to '
    || cast(last_date as string) || ': ' || movement_count || ' movements, '
    || cast(cast(doubtful_amount as decimal(28, 2)) as string) || ' ' || movement_currency_code
    || case when is_told_elsewhere then ', do not count: ' else ', count: ' end
    || case doubt
        when 'arrives_later'
            then
                'they are taken for what the settlement before them paid out;'
                || ' land the settlement of these days, too'
        when 'period_not_covered'
            then
                'a better file tells a part of their days;'
                || ' land its files of all these days'
        else
            'a better file of these days tells nothing of their kind; see that it is whole,'
            || ' or that seeds/money_class_rules.csv gives both the same class'
    end as what_to_do
from doubtful
order by abs(doubtful_amount) desc, what_to_do asc
