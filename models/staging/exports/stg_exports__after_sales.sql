-- A request for which no amount is told has given nothing back yet. Amazon's returns tell what was
-- paid back, beside the state of the request; all others what is asked for.

with

source as (

    {{ latest_delivery(
        source('exports', 'after_sales_rows'), ['platform', 'shop_id', 'refund_id']
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        refund_id,
        order_id,
        sub_order_id,
        sku_id,
        case
            when lower(refund_kind) in ('refund_only', 'return_and_refund', 'exchange')
                then lower(refund_kind)
        end as refund_kind,
        case
            when lower(refund_stage) in ('before_shipping', 'after_shipping')
                then lower(refund_stage)
        end as refund_stage,
        reason as refund_reason,
        case
            when layout = 'amazon_returns' and refund_amount > 0 then 'completed'
            when refund_status is not null then lower(refund_status)
            when completed_at is not null then 'completed'
            else 'applied'
        end as refund_status,
        quantity,
        coalesce(refund_amount, 0) as cash_amount,
        coalesce(freight_amount, 0) as freight_amount,
        applied_at as applied_time,
        applied_at_offset_minutes as applied_offset_minutes,
        completed_at as completed_time,
        completed_at_offset_minutes as completed_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
