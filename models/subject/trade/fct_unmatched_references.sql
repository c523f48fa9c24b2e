-- Rows that name something unknown count in their own fact, and in nothing that they should
-- belong to. What stands of the whole table (table_, first and last day) is on each of its rows:
-- do not add it up.

with

judged as (

    select * from {{ ref('int_references_judged') }}

),

listed_products as (

    select count(*) as product_count from {{ ref('int_products_unioned') }}

),

kinds as (

    {% for kind in ['order', 'account', 'sku', 'shop'] -%}
    select
        source,
        table_name,
        '{{ kind }}' as reference,
        date_day,
        {{ kind }}_count as reference_count,
        unknown_{{ kind }}_count as unmatched_count,
        unknown_{{ kind }} as example_reference
    from judged
    {% if not loop.last -%} union all {%- endif %}
    {% endfor %}

),

-- Without a list of products every SKU would be unknown.
judgeable as (

    select kinds.*
    from kinds
    cross join listed_products
    where kinds.reference <> 'sku' or listed_products.product_count > 0

),

totalled as (

    select
        *,
        sum(reference_count) over whole_table as table_reference_count,
        sum(unmatched_count) over whole_table as table_unmatched_count,
        min(case when unmatched_count > 0 then date_day end) over whole_table as first_date,
        max(case when unmatched_count > 0 then date_day end) over whole_table as last_date
    from judgeable
    window whole_table as (partition by source, table_name, reference)

),

final as (

    select
        {{ surrogate_key(['source', 'table_name', 'reference', 'date_day']) }}
            as unmatched_reference_key,
        source,
        table_name,
        reference,
        date_day,
        cast(reference_count as bigint) as reference_count,
        cast(unmatched_count as bigint) as unmatched_count,
        case when reference <> 'account' then example_reference end as example_reference,
        cast(table_reference_count as bigint) as table_reference_count,
        cast(table_unmatched_count as bigint) as table_unmatched_count,
        first_date,
        last_date
    from totalled
    where unmatched_count > 0

)

select * from final
