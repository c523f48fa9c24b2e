-- Spans touch, a deletion ends the last. A version that names no cost changes none.

{% set time_zone = "'" ~ var('default_time_zone') ~ "'" %}

with

products as (

    select * from {{ ref('int_products_resolved') }}
    where unit_cost_amount is not null

),

versions as (

    select * from {{ ref('int_product_versions_unioned') }}
    where unit_cost_amount is not null or is_deleted

),

instants as (

    select
        *,
        {{ product_key('versions') }} as product_key,
        {{ utc_instant('versions', 'version', time_zone) }} as version_at
    from versions

),

dated as (

    select
        *,
        {{ local_date('version_at', time_zone) }} as version_date
    from instants

),

spells as (
    {{ version_spells(
        'dated', ['product_key', 'sku_id'], ['unit_cost_amount'], since='version_date'
    ) }}
),

-- What was sold before a cost was first known cost what was known first.
counted as (

    select
        product_key,
        sku_id,
        unit_cost_amount,
        valid_from as valid_from_date,
        cast({{ dbt.dateadd('day', -1, 'valid_until') }} as date) as valid_to_date,
        case
            when row_number() over (partition by product_key order by valid_from) = 1
                then cast('1900-01-01' as date)
            else valid_from
        end as counts_from_date
    from spells

),

-- A source that keeps no versions of a SKU gives the one cost that it has, for ever.
final as (

    select
        *,
        coalesce(valid_to_date, cast('9999-12-31' as date)) as counts_to_date
    from counted

    union all

    select
        products.product_key,
        products.sku_id,
        products.unit_cost_amount,
        cast(null as date) as valid_from_date,
        cast(null as date) as valid_to_date,
        cast('1900-01-01' as date) as counts_from_date,
        cast('9999-12-31' as date) as counts_to_date
    from products
    left join counted
        on products.product_key = counted.product_key
    where counted.product_key is null

)

select * from final
