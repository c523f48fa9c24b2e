-- A guest's account is the platform (or shop) and that phone, so that it is found again.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_id',
        'touched_by': {
            'int_guest_phones': 'select order_id from {int_guest_receivers}'
                ~ ' where phone_key in (select phone_key from changed_rows)',
        },
    },
) }}

with

receivers as (

    select * from {{ touched_keys.touched_rows(ref('int_guest_receivers')) }}

),

phones as (

    select * from {{ ref('int_guest_phones') }}

),

final as (

    select
        receivers.order_key,
        receivers.order_id,
        receivers.platform_code,
        receivers.account_key,
        receivers.account_id,
        receivers.phone_key,
        receivers.ordered_at,
        receivers.ordered_date
    from receivers
    inner join phones
        on receivers.phone_key = phones.phone_key

)

select * from final
