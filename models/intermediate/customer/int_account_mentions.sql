-- Mentions come from orders (a guest's by its phone), refunds, tickets, visits, points, member
-- levels, coupons, messages and experiments.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'account_id',
        'touched_by': [
            'int_orders_validated',
            'int_guest_orders',
            'int_refunds_localized',
            'int_tickets_localized',
            'int_web_events_localized',
            'int_member_levels_unioned',
            'int_point_movements_unioned',
            'int_coupons_unioned',
            'int_outreach_unioned',
            'int_assignments_unioned',
        ],
    },
) }}

{% set moments = {
    'member_levels': 'valid_from',
    'point_movements': 'occurred',
    'coupons': 'issued',
    'outreach': 'sent',
    'assignments': 'assigned',
} %}

with

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

orders as (

    select * from {{ touched_rows(ref('int_orders_validated'), 'account_id') }}
    where not is_guest

),

guest_orders as (

    select * from {{ touched_rows(ref('int_guest_orders'), 'account_id') }}

),

{% for entity in ['refunds', 'tickets', 'web_events'] -%}
{{ entity }} as (

    select * from {{ touched_rows(ref('int_' ~ entity ~ '_localized'), 'account_id') }}

),

{% endfor -%}
{% for entity in moments -%}
{{ entity }} as (

    select * from {{ ref('int_' ~ entity ~ '_unioned') }}
    where {{ touched('account_id') }}

),

{% endfor -%}
mentions as (

    select
        account_key,
        platform_code,
        account_id,
        ordered_at as mentioned_at
    from orders
    union all
    select
        account_key,
        platform_code,
        account_id,
        ordered_at as mentioned_at
    from guest_orders
    union all
    select
        own_account_key as account_key,
        platform_code,
        account_id,
        coalesce(completed_at, applied_at) as mentioned_at
    from refunds
    union all
    select
        account_key,
        platform_code,
        account_id,
        opened_at as mentioned_at
    from tickets
    union all
    select
        own_account_key as account_key,
        platform_code,
        account_id,
        occurred_at as mentioned_at
    from web_events
    {%- for entity, moment in moments.items() %}
    union all
    select
        {{ account_key(entity) }} as account_key,
        {{ entity }}.platform_code,
        {{ entity }}.account_id,
        {{ utc_instant(entity, moment, 'shops.time_zone') }} as mentioned_at
    from {{ entity }}
    {{ join_shops(entity) }}
    {%- endfor %}

)

select * from mentions
where account_key is not null
