-- What a movement is called, one way a row: the narrowest way first, which decides among rules of
-- one priority. A number before a name (0010002|…) is left out.

{{ config(materialized='incremental', meta={'touched_key': 'money_movement_key'}) }}

{% set ways = [
    ('movement_type/fee_name', "movement_type || '/' || fee_name"),
    ('part_name', 'part_name'),
    ('fee_name', 'fee_name'),
    ('description', 'movement_description'),
    ('movement_type', 'movement_type'),
    ('remark', 'remark'),
] %}
{% set servants = ['alipay', 'paypal', 'stripe', 'wechat_pay'] %}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_localized')) }}

),

written as (

    {% for column, text in ways -%}
    select
        money_movement_key,
        statement_platform_code,
        case
            {% for code in servants -%}
            when left(layout, {{ code | length + 1 }}) = '{{ code }}_' then '{{ code }}'
            {% endfor -%}
            else statement_platform_code
        end as writer_code,
        movement_amount < 0 as is_out,
        '{{ column }}' as matched_column,
        {{ loop.index }} as way_number,
        {{ text }} as written_name
    from movements
    {% if not loop.last -%} union all {%- endif %}
    {% endfor %}

),

final as (

    select
        money_movement_key,
        statement_platform_code,
        writer_code,
        is_out,
        matched_column,
        way_number,
        {{ money_name('written_name') }} as money_name
    from written
    where written_name is not null

)

select * from final
