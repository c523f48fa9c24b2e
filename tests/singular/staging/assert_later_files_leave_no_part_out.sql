-- A later file takes the place of all parts of a key (docs/decisions/rows-of-one-key.md). Where it
-- holds fewer of them, it may be a list of changes only: what it does not repeat is gone. Lines
-- that come with a new version of their order or parcel (`whole`) were edited. Bins of a count are
-- not looked at: staging adds them up, and a count that is sent again is whole.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

{% set tables = {
    'oms.payments': {
        'key': ['platform', 'shop_id', 'payment_id'], 'named': ['order_id', 'stage'],
    },
    'oms.refunds': {
        'key': ['platform', 'shop_id', 'refund_id'], 'named': ['order_id', 'line_no'],
    },
    'oms.settlements': {
        'key': ['platform', 'shop_id', 'settlement_id'], 'named': ['order_id', 'kind'],
    },
    'oms.order_lines': {
        'key': ['platform', 'shop_id', 'order_id'], 'named': ['line_no'], 'whole': 'orders',
    },
    'wms.shipment_lines': {'key': ['shipment_id'], 'named': ['line_no'], 'whole': 'shipments'},
} %}
{% set staged_names = {'platform': 'platform_code'} %}

with

{% for name, table in tables.items() if name.split('.')[0] in enabled_sources() -%}
{% set cte = name | replace('.', '_') -%}
{% set id = table['key'][-1] -%}
{% set staging = 'stg_' ~ name | replace('.', '__') -%}
{% set staged_key = [] -%}
{% for column in table['key'] -%}
{% do staged_key.append(staged_names.get(column, column)) -%}
{% endfor -%}
{{ cte }}_parts as (

    select
        {{ row_hash(match_key(table['key'])) }} as key_hash,
        {{ row_hash(match_key(table['named'])) }} as part_hash,
        max({{ id }}) as id,
        max(
            case when {{ table['named'] | join(' is null and ') }} is null and is_deleted then 1 end
        ) as is_whole_deleted,
        max(case when is_deleted then 1 end) as is_deleted,
        max(lpad(cast(_batch_id as string), 12, '0') || coalesce(_delivery, ''))
            as last_delivery,
        max(updated_at) as updated_at
    from {{ source(name.split('.')[0], name.split('.')[1]) }}
    where {{ touched_keys.changed_since_good_build(id, [staging]) }}
    group by key_hash, part_hash

),

{{ cte }}_sent as (

    select
        key_hash,
        max(id) as id,
        substr(max(last_delivery), 13) as delivery,
        max(updated_at) as updated_at,
        -- A part that was deleted by name is not left out.
        count(case when is_deleted is null then 1 end) as part_count
    from {{ cte }}_parts
    group by key_hash
    having count(*) > 1 and max(is_whole_deleted) is null

),

{{ cte }}_staged as (

    select
        {{ row_hash(staged_key) }} as key_hash,
        count(*) as part_count
    from {{ ref(staging) }}
    where {{ touched_keys.changed_since_good_build(id, [staging]) }}
    group by key_hash

),

{% if 'whole' in table -%}
{{ cte }}_wholes as (

    select distinct
        {{ row_hash(match_key(table['key'])) }} as key_hash,
        _delivery as delivery,
        updated_at
    from {{ source(name.split('.')[0], table['whole']) }}
    where {{ touched_keys.changed_since_good_build(id, [staging]) }}

),

{% endif -%}
{{ cte }} as (

    select
        count(*) as key_count,
        sum(sent.part_count - staged.part_count) as part_count,
        min(sent.id) as example
    from {{ cte }}_sent as sent
    inner join {{ cte }}_staged as staged
        on sent.key_hash = staged.key_hash
    {% if 'whole' in table -%}
    left join {{ cte }}_wholes as wholes
        on
            sent.key_hash = wholes.key_hash
            and (sent.delivery = wholes.delivery or sent.updated_at = wholes.updated_at)
    {% endif -%}
    where
        sent.part_count > staged.part_count
        {% if 'whole' in table -%}
        and wholes.key_hash is null
        {%- endif %}

),

{% endfor -%}
nothing as (

    select
        cast(null as string) as table_name,
        cast(null as string) as what_to_do
    where false

)

select * from nothing
{% for name, table in tables.items() if name.split('.')[0] in enabled_sources() -%}
union all
select
    '{{ name }}' as table_name,
    '{{ name }}: ' || part_count || ' no longer counted, of ' || key_count
    || ' {{ table["key"][-1] }} such as ' || example || ': a later file holds these without them.'
    || ' Where it lists changes only, send all rows of each {{ table["key"][-1] }} again'
        as what_to_do
from {{ name | replace('.', '_') }}
where key_count > 0
{% endfor %}
