{{ config(meta={'ordered_by': 'loaded_at'}) }}

with

money_files as (

    select * from {{ ref('int_money_files') }}

),

final as (

    select
        money_file_key,
        source,
        platform_code,
        shop_key,
        layout,
        wallet,
        file_name,
        row_count,
        replaced_row_count,
        {{ money_total('total_amount') }} as total_amount,
        {{ money_total('replaced_amount') }} as replaced_amount,
        {{ money('opening_balance_amount') }} as opening_balance_amount,
        {{ money('closing_balance_amount') }} as closing_balance_amount,
        is_balance_proved,
        loaded_at
    from money_files

)

select * from final
