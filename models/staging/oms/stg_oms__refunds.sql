{{ config(
    materialized='incremental',
    meta={'ordered_by': 'applied_time', 'touched_key': 'refund_id'},
) }}

with

source as (

    {{ latest_parts(
        source('oms', 'refunds'),
        ['platform', 'shop_id', 'refund_id'],
        'refund_id',
        parts=['order_id', 'line_no'],
        deleted_by='refund_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        refund_id,
        _part_number as part_number,
        order_id,
        account_id,
        line_no as line_number,
        lower(kind) as refund_kind,
        lower(stage) as refund_stage,
        reason as refund_reason,
        coalesce(
            lower(status),
            case when completed_at is not null then 'completed' else 'applied' end
        ) as refund_status,
        quantity,
        amount as cash_amount,
        -- One below nothing says nothing of the tax inside.
        case when tax_amount >= 0 then tax_amount end as tax_amount,
        coalesce(freight_amount, 0) as freight_amount,
        applied_at as applied_time,
        applied_at_offset_minutes as applied_offset_minutes,
        completed_at as completed_time,
        completed_at_offset_minutes as completed_offset_minutes,
        'refund' as told_by,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
