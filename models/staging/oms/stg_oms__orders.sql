-- Once paid, always paid: a later version that no longer says when leaves the order's payment time
-- alone. An empty discount, freight or tax is none.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'created_time', 'touched_key': 'order_id'},
) }}

{% set key = ['platform', 'shop_id', 'order_id'] %}

with

first_payments as (

    select
        lower(platform) as platform_code,
        shop_id,
        order_id,
        paid_at as first_paid_at,
        paid_at_offset_minutes as first_paid_at_offset_minutes
    from {{ source('oms', 'orders') }}
    where paid_at is not null and {{ touched_keys.touched() }}
    qualify row_number() over (
        partition by {{ match_key(key) | join(', ') }}
        order by
            {{ minutes_before('paid_at', 'coalesce(paid_at_offset_minutes, 0)') }} asc,
            _batch_id asc, _source_row asc
    ) = 1

),

source as (

    {{ latest_version(source('oms', 'orders'), key, 'order_id') }}

),

renamed as (

    select
        lower(source.platform) as platform_code,
        source.shop_id,
        source.order_id,
        source.account_id,
        source.status as source_status,
        coalesce(source.order_type, 'normal') as order_type,
        coalesce(source.is_test, false) as is_test,
        coalesce(source.payment_on_delivery, false) as is_cash_on_delivery,
        source.created_at as created_time,
        source.created_at_offset_minutes as created_offset_minutes,
        coalesce(source.paid_at, first_payments.first_paid_at) as paid_time,
        case
            when source.paid_at is not null then source.paid_at_offset_minutes
            else first_payments.first_paid_at_offset_minutes
        end as paid_offset_minutes,
        source.closed_at as closed_time,
        source.closed_at_offset_minutes as closed_offset_minutes,
        source.balance_due_at as balance_due_time,
        source.balance_due_at_offset_minutes as balance_due_offset_minutes,
        source.cancel_reason,
        upper(source.currency) as currency_code,
        coalesce(source.seller_discount, 0) as seller_discount_amount,
        coalesce(source.platform_discount, 0) as platform_discount_amount,
        coalesce(source.partner_discount, 0) as partner_discount_amount,
        coalesce(source.points_discount, 0) as points_discount_amount,
        coalesce(source.freight, 0) as freight_amount,
        coalesce(source.tax, 0) as tax_amount,
        source.payable_amount as source_payable_amount,
        source.deposit_amount,
        source.group_id,
        source.live_session_id,
        source.campaign_id,
        source.receiver_name,
        source.receiver_phone,
        {{ lacks('orders', ['receiver_country']) }},
        source.receiver_province,
        source.receiver_city,
        source.receiver_district,
        source.receiver_address,
        source._batch_id as batch_id,
        source._loaded_at as loaded_at
    from source
    left join first_payments
        on
            lower(source.platform) = first_payments.platform_code
            and source.shop_id is not distinct from first_payments.shop_id
            and source.order_id = first_payments.order_id

)

select * from renamed
