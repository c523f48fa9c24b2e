-- Where files do not say when an order changed, the last that landed counts. One that was exported
-- earlier takes orders back to what they were: shipped, then only paid.

{{ config(
    severity='warn',
    meta={'says': 'what_to_do'},
    enabled='exports' in env_var('SOURCES', 'oms,wms,helpdesk,marketing').split(','),
) }}

with

statuses as (

    select
        {{ half_width('source_status') }} as source_status,
        case order_status
            when 'created' then 1
            when 'deposit_paid' then 2
            when 'paid' then 3
            when 'shipped' then 4
            when 'delivered' then 5
            when 'completed' then 6
            when 'cancelled' then 7
            when 'closed' then 7
        end as stage
    from {{ ref('order_statuses') }}
    where source = 'exports'

),

deliveries as (

    select
        lower(order_rows.platform) as platform_code,
        order_rows.shop_id,
        order_rows.order_id,
        order_rows._batch_id as batch_id,
        max(statuses.stage) as stage,
        count(*) = count(order_rows.updated_on) as says_when
    from {{ source('exports', 'order_rows') }} as order_rows
    inner join statuses
        on {{ half_width('order_rows.order_status') }} = statuses.source_status
    group by
        lower(order_rows.platform), order_rows.shop_id, order_rows.order_id, order_rows._batch_id

),

compared as (

    select
        *,
        max(stage) over (
            partition by platform_code, shop_id, order_id
            order by batch_id asc
            rows between unbounded preceding and 1 preceding
        ) as earlier_stage,
        row_number() over (
            partition by platform_code, shop_id, order_id
            order by batch_id desc
        ) as delivery_number
    from deliveries

)

select
    platform_code || ': the last file takes ' || count(*) || ' orders, such as ' || min(order_id)
    || ', back to an earlier state; if it is an older export, export these orders once more and'
    || ' land that file' as what_to_do
from compared
where delivery_number = 1 and stage < earlier_stage and not says_when
group by platform_code
order by platform_code
