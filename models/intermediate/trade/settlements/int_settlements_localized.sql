-- Amounts are signed as they move the seller's balance.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'settled_at',
        'touched_key': 'coalesce(order_id, settlement_id)',
        'touched_by': {
            'int_settlements_unioned': 'coalesce(order_id, settlement_id)',
            'int_orders_validated': 'order_id',
            'int_order_shops': 'order_id',
        },
    },
) }}

with

settlements as (

    {{ placed_in_shops('settlements', touched_keys.touched_rows(ref('int_settlements_unioned'))) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated'), 'order_id') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates') }}

),

keyed as (

    select
        settlements.*,
        {{ surrogate_key([
            'settlements.platform_code', 'settlements.shop_id', 'settlements.settlement_id',
            'settlements.part_number',
        ]) }} as settlement_key,
        {{ order_key('settlements') }} as named_order_key,
        shops.shop_key,
        shops.time_zone,
        shops.currency_code as shop_currency_code,
        -- What we have no word for is counted too, so that statements add up.
        case
            when settlements.source_kind in (
                'payout', 'commission', 'service_fee', 'payment_fee', 'subsidy', 'refund',
                'freight_insurance'
            ) then settlements.source_kind
            else 'other'
        end as settlement_kind,
        {{ utc_instant('settlements', 'settled', 'shops.time_zone') }} as settled_at
    from settlements
    {{ join_shops('settlements') }}

),

-- What came without its shop before, and with it since, is one: the later sending.
latest_keyed as (

    select * from keyed
    qualify row_number() over (
        partition by settlement_key order by batch_id desc, settled_amount desc
    ) = 1

),

joined as (

    select
        keyed.source,
        keyed.platform_code,
        keyed.shop_id,
        keyed.order_id,
        keyed.settlement_id,
        keyed.settlement_key,
        keyed.shop_key,
        keyed.time_zone,
        keyed.settlement_kind,
        keyed.source_kind,
        keyed.settled_amount,
        keyed.settled_at,
        {{ local_date('keyed.settled_at', 'keyed.time_zone') }} as settled_date,
        orders.order_key,
        orders.order_currency_code,
        coalesce(
            keyed.currency_code, orders.order_currency_code, keyed.shop_currency_code
        ) as currency_code
    from latest_keyed as keyed
    left join orders
        on keyed.named_order_key = orders.order_key

),

-- A statement in another currency than its order is worth what the rates of its day make of it.
final as (

    select
        joined.*,
        case
            when joined.order_key is null then cast(null as decimal(18, 4))
            when joined.currency_code = joined.order_currency_code then joined.settled_amount
            else {{ exchanged('joined.settled_amount', 'own_rates.rate', 'order_rates.rate') }}
        end as order_amount
    from joined
    left join exchange_rates as own_rates
        on
            joined.currency_code = own_rates.currency_code
            and joined.settled_date between own_rates.valid_from_date and own_rates.valid_to_date
    left join exchange_rates as order_rates
        on
            joined.order_currency_code = order_rates.currency_code
            and joined.settled_date
            between order_rates.valid_from_date and order_rates.valid_to_date

)

select * from final
