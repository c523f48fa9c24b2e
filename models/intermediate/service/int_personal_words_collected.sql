-- Grain: one row per name, nickname or street address, as written, of an account or order that a
-- text may speak of; the same one may stand there often. Phones and e-mail addresses need no list:
-- they look like themselves.

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
    where account_key is not null
    union all
    select distinct order_key as owner_key
    from texts
    where order_key is not null

),

account_rows as (

    select
        accounts.nickname,
        accounts.address,
        {{ account_key('accounts') }} as account_key
    from accounts
    {{ join_shops('accounts') }}

),

claims as (

    {% for owner in ['account_key', 'order_key'] -%}
    {% for column in ['receiver_name', 'receiver_address'] -%}
    select
        {{ owner }} as owner_key,
        {{ column }} as words
    from orders
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
