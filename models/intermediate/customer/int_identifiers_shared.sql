-- A phone that is the account's own and its receivers' has spells of both.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'identifier_key',
        'touched_by': {
            'int_account_phones': 'phone_key',
            'int_account_emails': 'email_key',
            'int_guest_orders': 'phone_key',
        },
    },
) }}

{% set forever = "date '9999-12-31'" %}

with

account_phones as (

    select * from {{ touched_keys.touched_rows(ref('int_account_phones'), 'phone_key') }}
    where phone_key is not null

),

account_emails as (

    select * from {{ touched_keys.touched_rows(ref('int_account_emails'), 'email_key') }}
    where email_key is not null

),

guest_orders as (

    select * from {{ touched_keys.touched_rows(ref('int_guest_orders'), 'phone_key') }}

),

receiver_identifiers as (

    select * from {{ touched_keys.touched_rows(ref('int_receiver_identifiers')) }}

),

-- One phone, whether it is the account's own, a guest's or its receivers'.
spells as (

    select
        account_key,
        'account_phone' as link_reason,
        phone_key as identifier_key,
        valid_from_date,
        coalesce(valid_until_date, {{ forever }}) as valid_until_date
    from account_phones
    union all
    select
        account_key,
        'account_email' as link_reason,
        email_key as identifier_key,
        valid_from_date,
        coalesce(valid_until_date, {{ forever }}) as valid_until_date
    from account_emails
    union all
    select
        account_key,
        'guest_phone' as link_reason,
        phone_key as identifier_key,
        min(ordered_date) as valid_from_date,
        {{ forever }} as valid_until_date
    from guest_orders
    group by account_key, phone_key
    union all
    select
        account_key,
        link_reason,
        identifier_key,
        valid_from_date,
        valid_until_date
    from receiver_identifiers

),

shared as (

    select identifier_key
    from spells
    group by identifier_key
    having count(distinct account_key) > 1

),

final as (

    select spells.*
    from spells
    inner join shared
        on spells.identifier_key = shared.identifier_key

)

select * from final
