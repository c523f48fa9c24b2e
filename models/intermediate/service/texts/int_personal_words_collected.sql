-- One word may stand here often. Phones and e-mail addresses need no list: they look like
-- themselves.

{% set owners = 'select account_key from changed_rows'
    ~ ' union all select order_key from changed_rows' %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'owner_key',
        'touched_by': {
            'int_texts_collected': owners,
            'int_orders_localized': owners,
            'int_accounts_unioned': 'select account_key from ('
                ~ 'with shops as (select * from {int_shops_resolved})'
                ~ ' select ' ~ account_key('changed_rows') ~ ' as account_key from changed_rows '
                ~ join_shops('changed_rows') ~ ')',
        },
    },
) }}

with

texts as (

    select * from {{ ref('int_texts_collected') }}

),

orders as (

    select * from {{ ref('int_orders_localized') }}

),

accounts as (

    select * from {{ ref('int_accounts_unioned') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

owners as (

    select distinct account_key as owner_key
    from texts
    where account_key is not null and {{ touched_keys.touched('account_key') }}
    union all
    select distinct order_key as owner_key
    from texts
    where order_key is not null and {{ touched_keys.touched('order_key') }}

),

account_rows as (

    select
        accounts.nickname,
        accounts.address,
        {{ account_key('accounts') }} as account_key
    from accounts
    {{ join_shops('accounts') }}
    where {{ touched_keys.touched(account_key('accounts')) }}

),

claims as (

    {% for owner in ['account_key', 'order_key'] -%}
    {% for column in ['receiver_name', 'receiver_address'] -%}
    select
        {{ owner }} as owner_key,
        {{ column }} as words
    from orders
    where {{ touched_keys.touched(owner) }}
    union all
    {% endfor -%}
    {% endfor -%}
    {% for column in ['nickname', 'address'] -%}
    select
        account_key as owner_key,
        {{ column }} as words
    from account_rows
    {% if not loop.last -%} union all {%- endif %}
    {% endfor %}

),

final as (

    select
        claims.owner_key,
        trim({{ usual_width('claims.words') }}) as words
    from claims
    inner join owners
        on claims.owner_key = owners.owner_key

)

select * from final
