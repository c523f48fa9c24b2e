-- Amounts are signed: positive comes to the shop. A row without an amount moved no money.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'moved_at',
        'touched_key': 'coalesce(order_id, row_id)',
        'touched_by': {
            'int_money_movements_unioned': 'coalesce(order_id, row_id)',
            'int_orders_validated': 'order_id',
            'int_order_shops': 'order_id',
        },
    },
) }}

with

money_shops as (

    select * from {{ ref('int_money_shops') }}

),

sent_movements as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_unioned')) }}
    where movement_amount is not null

),

named_movements as (

    select
        {% for name in entity_columns('money_movements') if name != 'platform_code' -%}
        sent_movements.{{ name }},
        {% endfor -%}
        money_shops.platform_code
    from sent_movements
    inner join money_shops
        on
            sent_movements.statement_platform_code = money_shops.statement_platform_code
            and sent_movements.shop_id is not distinct from money_shops.shop_id

),

movements as (

    {{ placed_in_shops('money_movements', 'named_movements') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated'), 'order_id') }}

),

keyed as (

    select
        movements.*,
        {{ surrogate_key([
            'movements.statement_platform_code', 'movements.shop_id', 'movements.layout',
            'movements.row_id', 'movements.part_name', 'movements.part_number',
        ]) }} as money_movement_key,
        {{ money_file_key('movements') }} as money_file_key,
        {{ order_key('movements') }} as named_order_key,
        {{ product_key('movements') }} as product_key,
        shops.shop_key,
        shops.time_zone,
        shops.currency_code as shop_currency_code,
        {{ utc_instant('movements', 'moved', 'shops.time_zone') }} as moved_at
    from movements
    {{ join_shops('movements') }}

),

-- What came without its shop before, and with it since, is one: the later sending.
latest_keyed as (

    select * from keyed
    qualify row_number() over (
        partition by money_movement_key order by batch_id desc, movement_amount desc
    ) = 1

),

dated as (

    select
        keyed.*,
        orders.order_key,
        keyed.moved_at is null as is_moved_date_assumed,
        coalesce(
            {{ local_date('keyed.moved_at', 'keyed.time_zone') }},
            keyed.period_to_date,
            cast(keyed.loaded_at as date)
        ) as moved_date,
        coalesce(
            keyed.currency_code, orders.order_currency_code, keyed.shop_currency_code
        ) as movement_currency_code
    from latest_keyed as keyed
    left join orders
        on keyed.named_order_key = orders.order_key

),

-- A settlement names no wallet, and is the best that tells of its account: what else names none is
-- a short form of a wallet. What several layouts may tell alike is an account in one book.
final as (

    select
        *,
        case
            when wallet is null and coalesce(account_rank, 1) = 1 then 'statement'
            when wallet = 'bank' then 'bank'
            else 'wallet'
        end as book,
        {{ surrogate_key(['platform_code', 'shop_id', 'account', 'book']) }} as account_key
    from dated

)

select * from final
