-- Grain: one row per source, table and day of rows that name an order, an account, a SKU or a shop:
-- how many do, how many name one that nobody else knows, and one of these. Accounts and SKUs are
-- judged only where a list of them has landed; lines of orders have no day but that of landing.

{% set entities = {
    'payments': {'order': ['order_id', 'order_key'], 'at': 'paid_at'},
    'refunds': {'relation': 'int_refunds_keyed', 'order': ['order_id', 'named_order_key'],
        'account': 'own_account_key', 'at': 'coalesce(completed_at, applied_at)'},
    'settlements': {'order': ['order_id', 'order_key'], 'at': 'settled_at'},
    'shipments': {'order': ['order_id', 'order_key'], 'at': 'shipped_at'},
    'tickets': {'order': ['order_id', 'named_order_key'], 'account': 'account_key',
        'has_sku': true, 'at': 'opened_at'},
    'reviews': {'order': ['order_id', 'named_order_key'], 'has_sku': true, 'at': 'created_at'},
    'coupons': {'order': ['order_id', 'named_order_key'], 'account': 'account_key',
        'at': 'issued_at'},
    'web_events': {'order': ['order_id', 'named_order_key'], 'account': 'own_account_key',
        'has_sku': true, 'at': 'occurred_at'},
    'outreach': {'account': 'account_key', 'at': 'sent_at'},
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
        {{ local_date('rows_sent.' ~ named['at'] if '(' not in named['at'] else named['at'],
            'rows_sent.time_zone') }} as date_day,
        {% if 'order' in named -%}
        count(rows_sent.{{ named['order'][0] }}) as order_count,
        count(case when orders.order_key is null then rows_sent.order_id end)
            as unknown_order_count,
        min(case when orders.order_key is null then rows_sent.order_id end) as unknown_order,
        {% else -%}
        0 as order_count,
        0 as unknown_order_count,
        cast(null as varchar) as unknown_order,
        {% endif -%}
        {% if 'account' in named -%}
        count(rows_sent.{{ named['account'] }}) as account_count,
        count(strangers.account_key) as unknown_account_count,
        min(case when strangers.account_key is not null then rows_sent.account_id end)
            as unknown_account,
        {% else -%}
        0 as account_count,
        0 as unknown_account_count,
        cast(null as varchar) as unknown_account,
        {% endif -%}
        {% if 'has_sku' in named -%}
        count(rows_sent.sku_id) as sku_count,
        count(case when products.sku_id is null then rows_sent.sku_id end) as unknown_sku_count,
        min(case when products.sku_id is null then rows_sent.sku_id end) as unknown_sku,
        {% else -%}
        0 as sku_count,
        0 as unknown_sku_count,
        cast(null as varchar) as unknown_sku,
        {% endif -%}
        count(rows_sent.shop_id) as shop_count,
        count(case when rows_sent.shop_key is null then rows_sent.shop_id end)
            as unknown_shop_count,
        min(case when rows_sent.shop_key is null then rows_sent.shop_id end) as unknown_shop
    from {{ ref(named.get('relation', 'int_' ~ entity ~ '_localized')) }} as rows_sent
    {% if 'order' in named -%}
    left join orders
        on rows_sent.{{ named['order'][1] }} = orders.order_key
    {% endif -%}
    {% if 'account' in named -%}
    left join strangers
        on rows_sent.{{ named['account'] }} = strangers.account_key
    {% endif -%}
    {% if 'has_sku' in named -%}
    left join products
        on rows_sent.sku_id = products.sku_id
    {% endif -%}
    group by rows_sent.source, date_day

),

{% endfor -%}
{% for entity in entities %}
{{- 'union_rows as (' if loop.first }}
    select * from {{ entity }}
    {{ 'union all' if not loop.last else ')' }}
{%- endfor %}

select * from union_rows
