-- An order's file says that a refund succeeded, and not how much went back: where nothing else
-- tells it, the order's revenue stands whole.

{{ config(
    severity='warn',
    meta={'says': 'what_to_do'},
    enabled='exports' in env_var('SOURCES', 'oms,wms,helpdesk,marketing').split(','),
) }}

with

told as (

    select distinct
        platform_code,
        order_id
    from {{ ref('stg_exports__order_rows') }}
    where
        refund_status like '%退款成功%'
        or refund_status like '%退款完成%'
        or refund_status like '%全额退款%'
        or refund_status like '%部分退款%'
        or lower(refund_status) in ('refunded', 'partially refunded', 'partially_refunded')

),

whole as (

    select
        fct_orders.platform_code,
        fct_orders.order_id,
        fct_orders.ordered_date
    from {{ ref('fct_orders') }} as fct_orders
    inner join told
        on
            fct_orders.platform_code = told.platform_code
            and fct_orders.order_id = told.order_id
    where
        fct_orders.source = 'exports'
        and fct_orders.is_valid
        and fct_orders.refund_amount = 0

)

select
    platform_code || ': the files of ' || count(*) || ' orders, such as ' || min(order_id)
    || ' of ' || cast(min(ordered_date) as string) || ', say that money went back and not how'
    || ' much; land the list of after-sales or the settlements of these days' as what_to_do
from whole
group by platform_code
order by platform_code
