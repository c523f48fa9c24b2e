{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}
    where account_key is not null and not is_test

),

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where is_shop

),

calling_codes as (

    select * from {{ ref('calling_codes') }}

),

written as (

    select
        orders.order_key,
        orders.account_key,
        orders.ordered_date,
        calling_codes.calling_code,
        calling_codes.trunk_prefix,
        {{ half_width('orders.receiver_phone') }} as phone,
        {{ half_width('orders.receiver_name') }} as receiver_name,
        {{ half_width('orders.receiver_address') }} as street,
        coalesce(lower(orders.receiver_province), '') as province,
        coalesce(lower({{ province_match_name('orders.receiver_province') }}), '')
            as province_name,
        coalesce(lower(orders.receiver_city), '') as city,
        {{ regexp_replace_all(
            "coalesce(lower(orders.receiver_city), '')", '(市|地区|自治州|盟)$', ''
        ) }} as city_name,
        coalesce(lower(orders.receiver_district), '') as district
    from orders
    left join shops
        on orders.shop_key = shops.shop_key
    left join calling_codes
        on shops.country_code = calling_codes.country_code

),

-- An address may hold its own country, province, city and district once more.
placed as (

    select
        *,
        replace(replace(replace(replace(replace(replace(
            street, '中国', ''), province, ''), province_name, ''), city, ''), city_name, ''),
            district, '') as street_in_place
    from written

),

normalized as (

    select
        order_key,
        account_key,
        ordered_date,
        province_name,
        city_name,
        {{ normalize_phone('phone', 'placed') }} as phone,
        {{ normalize_name('receiver_name') }} as receiver_name,
        {{ normalize_street('street_in_place') }} as street
    from placed

),

final as (

    select
        order_key,
        account_key,
        ordered_date,
        {{ keyed_hash('phone') }} as phone_key,
        {{ keyed_hash("coalesce(province_name, '') || chr(31) || coalesce(city_name, '')"
            ~ " || chr(31) || street") }} as address_key,
        {{ keyed_hash('receiver_name') }} as receiver_name_key
    from normalized

)

select * from final
