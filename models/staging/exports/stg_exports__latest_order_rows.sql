-- Of each order, the rows of the newest state, where all say when they changed, else of the last
-- file that has it. A till writes goods that come back as a row of less than nothing (Square).

with

source as (

    select * from {{ source('exports', 'order_rows') }}

),

-- Two exports pasted into one file have a sub-order twice.
once as (

    select * from source
    qualify sub_order_id is null or row_number() over (
        partition by platform, shop_id, order_id, row_kind, _batch_id, sub_order_id
        order by _source_row desc
    ) = 1

),

dated as (

    select
        *,
        case
            when count(*) over of_order = count(updated_on) over of_order
                then max(updated_on) over of_delivery
        end as delivery_updated_on
    from once
    window
        of_order as (partition by platform, shop_id, order_id, row_kind),
        of_delivery as (partition by platform, shop_id, order_id, row_kind, _batch_id)

),

numbered as (

    select
        *,
        lower(platform) as platform_code,
        row_kind = 'item' and coalesce(quantity, 0) < 0 as is_return,
        dense_rank() over (
            partition by platform, shop_id, order_id, row_kind
            order by delivery_updated_on desc, _batch_id desc
        ) as delivery_number,
        count(*) over (
            partition by platform, shop_id, order_id, row_kind, _batch_id
        ) as order_row_count,
        -- Sub-orders keep their places where a later file is sorted otherwise.
        row_number() over (
            partition by platform, shop_id, order_id, row_kind, _batch_id
            order by sub_order_id asc nulls last, _source_row asc
        ) as line_number
    from dated

),

latest as (

    select * from numbered
    where delivery_number = 1

)

select * from latest
