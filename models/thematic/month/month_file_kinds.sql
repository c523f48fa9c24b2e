-- A file is known by the days of its rows, and reaches as far as the period that it says. Refunds
-- that orders or statements tell are in no file of after-sales.

with

fct_orders as (

    select * from {{ ref('fct_orders') }}

),

fct_refunds as (

    select * from {{ ref('fct_refunds') }}

),

fct_settlements as (

    select * from {{ ref('fct_settlements') }}

),

fct_money_movements as (

    select * from {{ ref('fct_money_movements') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

rows_told as (

    select
        shop_key,
        'orders' as file_kind,
        cast(null as {{ dbt.type_string() }}) as wallet,
        ordered_date as row_date,
        ordered_date as reaches_to_date,
        false as is_disproved,
        source = 'exports' as is_download
    from fct_orders
    union all
    select
        shop_key,
        'after_sales' as file_kind,
        cast(null as {{ dbt.type_string() }}) as wallet,
        coalesce(booked_date, cast(applied_at as date)) as row_date,
        coalesce(booked_date, cast(applied_at as date)) as reaches_to_date,
        false as is_disproved,
        source = 'exports' as is_download
    from fct_refunds
    where told_by = 'refund'
    union all
    select
        shop_key,
        'statement' as file_kind,
        cast(null as {{ dbt.type_string() }}) as wallet,
        settled_date as row_date,
        settled_date as reaches_to_date,
        false as is_disproved,
        source = 'exports' as is_download
    from fct_settlements
    union all
    select
        shop_key,
        book as file_kind,
        wallet,
        moved_date as row_date,
        greatest(moved_date, coalesce(period_to_date, moved_date)) as reaches_to_date,
        coalesce(not is_balance_proved, false) as is_disproved,
        source = 'exports' as is_download
    from fct_money_movements

),

final as (

    select
        rows_told.shop_key,
        rows_told.file_kind,
        rows_told.wallet,
        cast(date_trunc('month', rows_told.row_date) as date) as month_date,
        cast(count(*) as bigint) as row_count,
        min(rows_told.row_date) as first_date,
        max(rows_told.row_date) as last_date,
        max(rows_told.reaches_to_date) as reaches_to_date,
        max(case when rows_told.is_disproved then 1 else 0 end) = 1 as is_disproved,
        max(case when rows_told.is_download then 1 else 0 end) = 1 as is_download
    from rows_told
    {{ until_as_of_date('rows_told.row_date') }}
    where rows_told.shop_key is not null
    group by rows_told.shop_key, rows_told.file_kind, rows_told.wallet, month_date

)

select * from final
