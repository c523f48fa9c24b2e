{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_at', 'touched_key': 'order_id'},
) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

guest_orders as (

    select * from {{ touched_keys.touched_rows(ref('int_guest_orders')) }}

),

order_statuses as (

    select * from {{ ref('order_statuses') }}

),

currencies as (

    select * from {{ ref('currencies') }}

),

countries as (

    select * from {{ ref('regions') }}
    where region_level = 'country'

),

region_names as (

    select * from {{ ref('int_region_names') }}

),

localized as (

    select
        orders.*,
        {{ order_key('orders') }} as order_key,
        coalesce({{ account_key('orders') }}, guest_orders.account_key) as account_key,
        guest_orders.order_key is not null as is_guest,
        shops.shop_key,
        shops.time_zone,
        coalesce(orders.currency_code, shops.currency_code) as order_currency_code,
        coalesce(countries.country_code, shops.country_code) as country_code,
        countries.region_code as country_region_code,
        order_statuses.order_status,
        order_statuses.is_paid_status,
        {{ utc_instant('orders', 'created', 'shops.time_zone') }} as ordered_at,
        {{ utc_instant('orders', 'paid', 'shops.time_zone') }} as source_paid_at,
        {{ utc_instant('orders', 'closed', 'shops.time_zone') }} as closed_at,
        {{ utc_instant('orders', 'balance_due', 'shops.time_zone') }} as balance_due_at
    from orders
    {{ join_shops('orders') }}
    left join guest_orders
        on {{ order_key('orders') }} = guest_orders.order_key
    left join order_statuses
        on
            orders.source = order_statuses.source
            and {{ half_width('orders.source_status') }}
            = {{ half_width('order_statuses.source_status') }}
    left join countries
        on orders.receiver_country = countries.match_name

),

final as (

    select
        localized.*,
        coalesce(currencies.minor_unit_digits, 2) as minor_unit_digits,
        coalesce(region_names.region_code, localized.country_region_code) as region_code
    from localized
    left join currencies
        on localized.order_currency_code = currencies.currency_code
    left join region_names
        on
            localized.country_code = region_names.country_code
            and {{ province_match_name('localized.receiver_province') }}
            = region_names.province_name

)

select * from final
