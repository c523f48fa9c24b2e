with

totals as (

    select * from {{ ref('stg_exports__money_totals') }}

),

balances as (

    select * from {{ ref('stg_exports__money_balances') }}

),

renamed as (

    select
        totals.platform_code,
        totals.shop_id,
        totals.layout,
        totals.wallet,
        totals.file_name,
        totals.row_count,
        totals.replaced_row_count,
        totals.total_amount,
        totals.replaced_amount,
        balances.opening_balance_amount,
        balances.closing_balance_amount,
        balances.is_balance_proved,
        totals.batch_id,
        totals.loaded_at
    from totals
    left join balances
        on
            totals.platform_code = balances.platform_code
            and totals.shop_id is not distinct from balances.shop_id
            and totals.layout = balances.layout
            and totals.batch_id = balances.batch_id

)

select * from renamed
