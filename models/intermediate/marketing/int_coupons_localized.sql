{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'coalesce(account_id, coupon_id)',
        'touched_by': {
            'int_coupons_unioned': 'coalesce(account_id, coupon_id)',
            'int_order_shops': 'select coalesce(account_id, coupon_id) from {int_coupons_unioned}'
                ~ ' where order_id in (select order_id from changed_rows)',
        },
    },
) }}

with

coupons as (

    select * from {{ touched_keys.touched_rows(ref('int_coupons_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

rates as (

    select * from {{ ref('int_exchange_rates') }}

),

localized as (

    select
        coupons.*,
        {{ surrogate_key([
            'coupons.source', 'coupons.platform_code', 'coupons.shop_id', 'coupons.coupon_id',
            'coupons.account_id',
        ]) }} as coupon_key,
        {{ linked_order_key('coupons') }} as named_order_key,
        {{ account_key('coupons') }} as account_key,
        shops.shop_key,
        shops.is_shop,
        shops.time_zone,
        coupons.used_time is not null or coupons.order_id is not null as is_used,
        coalesce(coupons.currency_code, shops.currency_code) as coupon_currency_code,
        {{ utc_instant('coupons', 'issued', 'shops.time_zone') }} as issued_at,
        {{ utc_instant('coupons', 'expires', 'shops.time_zone') }} as expires_at,
        {{ utc_instant('coupons', 'used', 'shops.time_zone') }} as used_at,
        -- A date without a time is good until its end.
        coupons.expires_time = {{ dbt.date_trunc('day', 'coupons.expires_time') }}
            as expires_with_its_day
    from coupons
    {{ join_shops('coupons') }}
    {{ join_order_shops('coupons') }}

),

dated as (

    select
        *,
        {{ local_date('issued_at', 'time_zone') }} as issued_date,
        {{ local_date('expires_at', 'time_zone') }} as expires_date,
        {{ local_date('used_at', 'time_zone') }} as used_date
    from localized

),

final as (

    select
        dated.*,
        rates.rate as base_rate
    from dated
    left join rates
        on
            dated.coupon_currency_code = rates.currency_code
            and dated.issued_date between rates.valid_from_date and rates.valid_to_date

)

select * from final
