{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'coalesce(order_id, refund_id)',
        'touched_by': {
            'int_refunds_unioned': 'coalesce(order_id, refund_id)',
            'int_order_shops': 'order_id',
        },
    },
) }}

with

refunds as (

    {{ placed_in_shops('refunds', touched_keys.touched_rows(ref('int_refunds_unioned'))) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

keyed as (

    select
        refunds.*,
        {{ surrogate_key([
            'refunds.platform_code', 'refunds.shop_id', 'refunds.refund_id', 'refunds.part_number',
        ]) }} as refund_key,
        {{ order_key('refunds') }} as named_order_key,
        {{ account_key('refunds') }} as own_account_key,
        shops.shop_key,
        shops.time_zone,
        shops.currency_code as shop_currency_code,
        {{ utc_instant('refunds', 'applied', 'shops.time_zone') }} as applied_at,
        case
            when refunds.refund_status = 'completed'
                then {{ utc_instant('refunds', 'completed', 'shops.time_zone') }}
        end as completed_at
    from refunds
    {{ join_shops('refunds') }}

),

-- What came without its shop before, and with it since, is one: the later sending.
final as (

    select * from keyed
    qualify row_number() over (
        partition by refund_key order by batch_id desc, cash_amount desc
    ) = 1

)

select * from final
