{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_account_phones': 'select order_key from {int_receivers_hashed}'
                ~ ' where account_key in (select account_key from changed_rows)',
        },
    },
) }}

with

receivers as (

    select * from {{ touched_keys.touched_rows(ref('int_receivers_hashed')) }}

),

account_phones as (

    select * from {{ ref('int_account_phones') }}

),

-- A parcel to another number than the buyer's own, or to one that is hidden, may be a present.
final as (

    select
        receivers.order_key,
        receivers.account_key,
        receivers.ordered_date,
        receivers.phone_key,
        receivers.address_key,
        receivers.address_key || receivers.receiver_name_key as receiver_key,
        receivers.receiver_name_key,
        account_phones.phone_key is not null
        and (account_phones.phone_key is distinct from receivers.phone_key) as may_be_present
    from receivers
    left join account_phones
        on
            receivers.account_key = account_phones.account_key
            and receivers.ordered_date >= account_phones.valid_from_date
            -- An `or` here would make DuckDB compare all orders with all phones.
            and receivers.ordered_date
            < coalesce(account_phones.valid_until_date, date '9999-12-31')

)

select * from final
