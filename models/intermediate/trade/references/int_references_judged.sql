-- Accounts and SKUs are judged only where a list of them has landed. Goods on a line belong to no
-- shop (`on` names their day).

{% set entities = {
    'payments': {'order': 'order_key', 'at': 'paid_at'},
    'refunds': {'relation': 'int_refunds_keyed', 'order': 'named_order_key',
        'account': 'own_account_key', 'at': 'completed_at, rows_sent.applied_at'},
    'settlements': {'order': 'order_key', 'at': 'settled_at'},
    'shipments': {'order': 'order_key', 'at': 'shipped_at'},
    'tickets': {'order': 'named_order_key', 'account': 'account_key', 'sku': 'sku_id',
        'at': 'opened_at'},
    'reviews': {'order': 'named_order_key', 'sku': 'sku_id', 'at': 'created_at'},
    'coupons': {'order': 'named_order_key', 'account': 'account_key', 'at': 'issued_at'},
    'web_events': {'order': 'named_order_key', 'account': 'own_account_key', 'sku': 'sku_id',
        'at': 'occurred_at'},
    'outreach': {'account': 'account_key', 'at': 'sent_at'},
    'order_lines': {'relation': 'int_order_lines_before_refunds', 'sku': 'sku_id',
        'on': 'ordered_date'},
    'stock_movements': {'sku': 'sku_id', 'on': 'moved_date'},
    'purchase_orders': {'sku': 'sku_id', 'on': 'ordered_date'},
} %}

{# What is counted of a kind, and when it is unknown. #}
{% set kinds = {
    'order': ['order_id', 'orders.order_key is null'],
    'account': ['account_key', 'strangers.account_key is not null'],
    'sku': ['sku_id', 'products.sku_id is null'],
    'shop': ['shop_id', 'rows_sent.shop_key is null'],
} %}

with

orders as (

    select
        order_key,
        account_key
    from {{ ref('int_orders_validated') }}

),

accounts as (

    select * from {{ ref('int_accounts_resolved') }}

),

products as (

    select sku_id from {{ ref('int_products_unioned') }}
    union
    select sku_id from {{ ref('int_listing_versions_unioned') }}

),

-- Accounts that neither a list nor an order names, on platforms that have a list.
strangers as (

    select accounts.account_key
    from accounts
    left join orders
        on accounts.account_key = orders.account_key
    where
        not accounts.is_listed
        and orders.account_key is null
        and accounts.platform_code in (
            select listed.platform_code from accounts as listed
            where listed.is_listed
        )
    group by accounts.account_key

),

{% for entity, named in entities.items() -%}
{{ entity }} as (

    select
        rows_sent.source,
        '{{ entity }}' as table_name,
        {% for kind, (counted, is_unknown) in kinds.items() -%}
        {% set counted = named['account'] if kind == 'account' else counted -%}
        {% if kind in named or (kind == 'shop' and 'at' in named) -%}
        count(rows_sent.{{ counted }}) as {{ kind }}_count,
        count(case when {{ is_unknown }} then rows_sent.{{ counted }} end)
            as unknown_{{ kind }}_count,
        min(case when {{ is_unknown }} then rows_sent.{{ kind }}_id end) as unknown_{{ kind }}
        {%- else -%}
        0 as {{ kind }}_count,
        0 as unknown_{{ kind }}_count,
        cast(null as string) as unknown_{{ kind }}
        {%- endif -%},
        {% endfor -%}
        {{ 'rows_sent.' ~ named['on'] if 'on' in named else
            local_date('coalesce(rows_sent.' ~ named['at'] ~ ')', 'rows_sent.time_zone') }}
            as date_day
    from {{ ref(named.get('relation', 'int_' ~ entity ~ '_localized')) }} as rows_sent
    {% if 'order' in named -%}
    left join orders
        on rows_sent.{{ named['order'] }} = orders.order_key
    {% endif -%}
    {% if 'account' in named -%}
    left join strangers
        on rows_sent.{{ named['account'] }} = strangers.account_key
    {% endif -%}
    {% if 'sku' in named -%}
    left join products
        on rows_sent.sku_id = products.sku_id
    {% endif -%}
    group by rows_sent.source, date_day

),

{% endfor -%}
union_rows as (

    {% for entity in entities -%}
    select * from {{ entity }}
    {% if not loop.last -%} union all {%- endif %}
    {% endfor %}

)

select * from union_rows
