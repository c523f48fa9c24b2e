-- A purchase at the very second of the message counts, one at the very end of the window does
-- not. Whether the message arrived makes no difference: those that did not are what the others
-- are compared with.

{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

outreach as (

    select * from {{ touched_keys.touched_rows(ref('int_outreach_localized')) }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}
    where is_valid

),

final as (

    select
        outreach.outreach_key,
        outreach.account_key,
        orders.order_key,
        orders.valid_at as purchased_at,
        orders.purchase_date
    from outreach
    inner join orders
        on
            outreach.account_key = orders.account_key
            and outreach.sent_at <= orders.valid_at
            and orders.valid_at < {{ dbt.dateadd(
                'day', var('outreach_window_days'), 'outreach.sent_at'
            ) }}
    qualify row_number() over (
        partition by outreach.outreach_key order by orders.valid_at asc, orders.order_key asc
    ) = 1

)

select * from final
