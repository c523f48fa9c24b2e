-- A movement that two files tell, for their periods overlap, is one: that of the later file.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'moved_time', 'touched_key': 'row_id'},
) }}

with

source as (

    {{ latest_sending(
        source('exports', 'money_rows'),
        ['platform', 'shop_id', 'layout', 'row_id', 'part_name'],
        'row_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        lower(platform) as statement_platform_code,
        layout,
        account,
        account_rank,
        is_arrival,
        wallet,
        row_id,
        part_name,
        _part_number as part_number,
        statement_id,
        payout_id,
        period_from as period_from_date,
        period_to as period_to_date,
        moved_at as moved_time,
        moved_at_offset_minutes as moved_offset_minutes,
        movement_type,
        fee_name,
        description as movement_description,
        remark,
        status as source_status,
        upper(currency) as currency_code,
        amount as movement_amount,
        balance_after as balance_after_amount,
        order_id,
        refund_id,
        sku_id,
        quantity,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
