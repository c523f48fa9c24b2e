-- Mentions come from orders (a guest's by its phone), refunds, tickets, visits, points, member
-- levels, coupons, messages and experiments.

{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

{% set localized = {
    'guest_orders': ('int_guest_orders', 'account_key', 'ordered_at'),
    'refunds': (
        'int_refunds_localized', 'own_account_key', 'coalesce(completed_at, applied_at)'
    ),
    'tickets': ('int_tickets_localized', 'account_key', 'opened_at'),
    'web_events': ('int_web_events_localized', 'own_account_key', 'occurred_at'),
    'point_movements': ('int_point_movements_balanced', 'account_key', 'occurred_at'),
    'coupons': ('int_coupons_localized', 'account_key', 'issued_at'),
    'outreach': ('int_outreach_localized', 'account_key', 'sent_at'),
} %}
{# Every level and assignment mentions its account; the models that date them keep only some. #}
{% set unlocalized = {'member_levels': 'valid_from', 'assignments': 'assigned'} %}

with

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}
    where not is_guest

),

{% for entity, (model_name, _, _) in localized.items() -%}
{{ entity }} as (

    select * from {{ touched_keys.touched_rows(ref(model_name)) }}

),

{% endfor -%}
{% for entity in unlocalized -%}
{{ entity }} as (

    select * from {{ ref('int_' ~ entity ~ '_unioned') }}
    where {{ touched_keys.touched() }}

),

{% endfor -%}
mentions as (

    select
        account_key,
        platform_code,
        account_id,
        ordered_at as mentioned_at
    from orders
    {%- for entity, (_, key, moment) in localized.items() %}
    union all
    select
        {{ key }} as account_key,
        platform_code,
        account_id,
        {{ moment }} as mentioned_at
    from {{ entity }}
    {%- endfor %}
    {%- for entity, moment in unlocalized.items() %}
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
