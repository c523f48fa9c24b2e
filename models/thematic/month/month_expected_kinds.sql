-- Of a shop every kind that ever came is expected again, and orders and some file of money in any
-- case; after-sales too, but of a shop whose files its platform made: their orders and statements
-- tell refunds, and few platforms have a list of them. Another layout of the same kind does not
-- make another file.

{% set needed = [
    ('orders', "file_kind = 'orders'"),
    ('after_sales', "file_kind = 'after_sales' or is_download"),
    ('statement', "file_kind not in ('orders', 'after_sales')"),
] %}

with

month_file_kinds as (

    select * from {{ ref('month_file_kinds') }}

),

final as (

    select
        shop_key,
        file_kind,
        wallet,
        min(month_date) as first_month_date,
        max(reaches_to_date) as reaches_to_date
    from month_file_kinds
    group by shop_key, file_kind, wallet
    {% for kind, condition in needed -%}
    union all
    select
        shop_key,
        '{{ kind }}' as file_kind,
        cast(null as {{ dbt.type_string() }}) as wallet,
        min(month_date) as first_month_date,
        cast(null as date) as reaches_to_date
    from month_file_kinds
    group by shop_key
    having count(case when {{ condition }} then 1 end) = 0
    {% endfor %}

)

select * from final
