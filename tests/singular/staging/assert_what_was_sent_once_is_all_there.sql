-- Rows that share a key and were sent in one file, once, add up to what staging makes of them: no
-- part of a key is dropped, none counts twice, also where each part has a time of its own. It
-- looks at the raw rows as they were sent, of the last day of landing. Rows that are equal are one,
-- but for ad spend, where they are parts; keys whose rows contradict each other are landing's to
-- tell.

{% set tables = {
    'oms.payments': {
        'key': ['platform', 'shop_id', 'payment_id'], 'of_row': ['order_id', 'stage', 'amount'],
        'parts': ['order_id', 'stage'], 'named': ['order_id', 'stage'],
        'staged': 'payment_amount',
    },
    'oms.refunds': {
        'key': ['platform', 'shop_id', 'refund_id'], 'of_row': ['order_id', 'line_no', 'amount'],
        'parts': ['order_id', 'line_no'], 'named': ['order_id', 'line_no'],
        'staged': 'cash_amount',
    },
    'oms.settlements': {
        'key': ['platform', 'shop_id', 'settlement_id'],
        'of_row': ['order_id', 'kind', 'amount', 'currency', 'settled_at'],
        'named': ['order_id', 'kind'], 'staged': 'settled_amount',
    },
    'oms.order_lines': {
        'key': ['platform', 'shop_id', 'order_id'],
        'of_row': ['line_no', 'sku_id', 'quantity', 'unit_price', 'line_discount', 'is_gift'],
        'amount': 'quantity * unit_price', 'staged': 'quantity * unit_price_amount',
    },
    'wms.shipment_lines': {
        'key': ['shipment_id'], 'of_row': ['line_no', 'sku_id', 'quantity'], 'amount': 'quantity',
        'staged': 'quantity',
    },
    'wms.stock_counts': {
        'key': ['warehouse_id', 'sku_id', 'counted_on'],
        'of_row': ['bin', 'on_hand', 'reserved', 'in_transit'],
        'named': ['bin'], 'amount': 'on_hand', 'staged': 'on_hand_quantity',
    },
    'marketing.ad_spend': {
        'key': ['spend_on', 'platform', 'shop_id', 'campaign_id', 'channel', 'sku_id'],
        'of_row': ['cost', '_source_row'], 'amount': 'cost', 'staged': 'cost_amount',
    },
} %}
{% set staged_names = {
    'platform': 'platform_code', 'counted_on': 'counted_date', 'spend_on': 'spend_date',
} %}

with

{% for name, table in tables.items() if name.split('.')[0] in enabled_sources() -%}
{% set cte = name | replace('.', '_') -%}
{% set raw = source(name.split('.')[0], name.split('.')[1]) -%}
{% set staged_key = [] -%}
{% for column in table['key'] -%}
{% do staged_key.append(staged_names.get(column, column)) -%}
{% endfor -%}
{{ cte }}_last_day as (

    select max(_loaded_at) - interval '1' day as began_at from {{ raw }}

),

{{ cte }}_rows as (

    select
        {{ row_hash(match_key(table['key'])) }} as key_hash,
        {{ row_hash(match_key(table['of_row'])) }} as of_row,
        max({{ row_hash(match_key(table.get('parts', table['of_row']))) }}) as part,
        max({{ row_hash(match_key(table.get('named', table['key']))) }}) as named_part,
        max({{ table.get('amount', 'amount') }}) as amount,
        min(_batch_id) as first_batch_id,
        max(_batch_id) as last_batch_id,
        min(updated_at) as first_stamp,
        max(updated_at) as last_stamp,
        count(updated_at) as dated_rows,
        count(*) as all_rows
    from {{ raw }}
    where
        _loaded_at >= (select {{ cte }}_last_day.began_at from {{ cte }}_last_day)
        -- A deletion may name the id alone.
        and {{ table['key'][-1] }} not in (
            select deleted.{{ table['key'][-1] }} from {{ raw }} as deleted
            where deleted.is_deleted and deleted.{{ table['key'][-1] }} is not null
        )
    group by key_hash, of_row

),

{{ cte }}_sent as (

    select
        key_hash,
        sum(amount) as amount,
        max(last_batch_id) as batch_id
    from {{ cte }}_rows
    group by key_hash
    having
        min(first_batch_id) = max(last_batch_id)
        and count(*) = count(distinct part)
        and (
            count(*) = count(distinct named_part)
            or (
                min(first_stamp) is not distinct from max(last_stamp)
                and sum(dated_rows) in (0, sum(all_rows))
            )
        )

),

{{ cte }}_staged as (

    select
        {{ row_hash(staged_key) }} as key_hash,
        sum({{ table['staged'] }}) as amount,
        max(batch_id) as batch_id
    from {{ ref('stg_' ~ name | replace('.', '__')) }}
    group by key_hash

),

{% endfor -%}
nothing as (

    select
        cast(null as string) as table_name,
        cast(null as decimal(38, 4)) as sent_amount,
        cast(null as decimal(38, 4)) as staged_amount
    where false

)

select * from nothing
{% for name in tables if name.split('.')[0] in enabled_sources() -%}
{% set cte = name | replace('.', '_') -%}
union all
select
    '{{ name }}' as table_name,
    sent.amount as sent_amount,
    staged.amount as staged_amount
from {{ cte }}_sent as sent
left join {{ cte }}_staged as staged
    on sent.key_hash = staged.key_hash
where
    sent.amount is distinct from staged.amount
    -- What was sent before with a later stamp stands.
    and coalesce(staged.batch_id, sent.batch_id) = sent.batch_id
{% endfor %}
