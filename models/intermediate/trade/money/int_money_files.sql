with

files as (

    select * from {{ ref('int_money_files_unioned') }}

),

money_shops as (

    select * from {{ ref('int_money_shops') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

final as (

    select
        {{ money_file_key('files') }} as money_file_key,
        files.source,
        files.platform_code as statement_platform_code,
        money_shops.platform_code,
        shops.shop_key,
        files.layout,
        files.wallet,
        files.file_name,
        files.row_count,
        files.replaced_row_count,
        files.total_amount,
        files.replaced_amount,
        files.opening_balance_amount,
        files.closing_balance_amount,
        files.is_balance_proved,
        files.loaded_at
    from files
    inner join money_shops
        on
            files.platform_code = money_shops.statement_platform_code
            and files.shop_id is not distinct from money_shops.shop_id
    inner join shops
        on
            money_shops.platform_code = shops.platform_code
            and money_shops.shop_id is not distinct from shops.shop_id

)

select * from final
