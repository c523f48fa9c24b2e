{{ config(materialized='incremental', meta={'touched_key': 'order_id'}) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_unioned')) }}
    where receiver_phone is not null and not is_test

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

calling_codes as (

    select * from {{ ref('calling_codes') }}

),

written as (

    select
        {{ order_key('orders') }} as order_key,
        orders.order_id,
        orders.platform_code,
        orders.shop_id,
        shops.accounts_are_shared,
        shops.time_zone,
        calling_codes.calling_code,
        calling_codes.trunk_prefix,
        {{ half_width('orders.receiver_phone') }} as written_phone,
        {{ half_width('orders.receiver_name') }} as written_name,
        {{ utc_instant('orders', 'created', 'shops.time_zone') }} as ordered_at
    from orders
    {{ join_shops('orders') }}
    left join calling_codes
        on shops.country_code = calling_codes.country_code
    where
        orders.account_id is null
        or {{ is_placeholder_account('orders.account_id') }}

),

normalized as (

    select
        *,
        {{ normalize_phone('written_phone', 'written') }} as phone,
        {{ normalize_name('written_name') }} as receiver_name
    from written

),

hashed as (

    select
        *,
        {{ keyed_hash('phone') }} as phone_key,
        {{ keyed_hash('receiver_name') }} as receiver_name_key,
        'guest-' || {{ keyed_hash('phone') }} as account_id,
        cast(null as string) as placeholder_account_ids
    from normalized
    where phone is not null

),

final as (

    select
        hashed.order_key,
        hashed.order_id,
        hashed.platform_code,
        hashed.account_id,
        hashed.phone_key,
        hashed.receiver_name_key,
        hashed.ordered_at,
        {{ account_key('hashed', 'hashed') }} as account_key,
        {{ local_date('hashed.ordered_at', 'hashed.time_zone') }} as ordered_date
    from hashed

)

select * from final
