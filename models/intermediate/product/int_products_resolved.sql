-- A SKU that was taken off its list since has no name.

with

products as (

    select * from {{ ref('int_products_unioned') }}

),

order_lines as (

    select * from {{ ref('int_order_lines_unioned') }}
    where sku_id is not null

),

product_versions as (

    select * from {{ ref('int_product_versions_unioned') }}
    where not is_deleted

),

listing_versions as (

    select * from {{ ref('int_listing_versions_unioned') }}
    where sku_id is not null and not is_deleted

),

mentions as (

    select sku_id from products
    union all
    select sku_id from order_lines
    union all
    select sku_id from product_versions
    union all
    select sku_id from listing_versions

),

distinct_mentions as (

    select sku_id
    from mentions
    group by sku_id

),

-- Two sources may list the same SKU: the row that landed last describes it.
latest_products as (

    select * from products
    qualify row_number() over (partition by sku_id order by batch_id desc, source asc) = 1

),

final as (

    select
        {{ product_key('distinct_mentions') }} as product_key,
        distinct_mentions.sku_id,
        latest_products.source,
        latest_products.spu_id,
        latest_products.product_name,
        latest_products.category_1,
        latest_products.category_2,
        latest_products.category_3,
        latest_products.brand,
        latest_products.list_price_amount,
        latest_products.unit_cost_amount,
        latest_products.launched_date,
        latest_products.product_status
    from distinct_mentions
    left join latest_products
        on distinct_mentions.sku_id = latest_products.sku_id

)

select * from final
