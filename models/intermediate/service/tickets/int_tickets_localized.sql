{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'ticket_id',
        'touched_by': {
            'int_order_shops': 'select ticket_id from {int_tickets_unioned}'
                ~ ' where order_id in (select order_id from changed_rows)',
        },
    },
) }}

with

tickets as (

    {{ placed_in_shops('tickets', touched_keys.touched_rows(ref('int_tickets_unioned'))) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

final as (

    select
        tickets.*,
        {{ ticket_key('tickets') }} as ticket_key,
        {{ order_key('tickets') }} as named_order_key,
        {{ account_key('tickets') }} as account_key,
        {{ product_key('tickets') }} as product_key,
        {{ agent_key('tickets') }} as agent_key,
        coalesce(tickets.agent_group_id, '*') as service_group_id,
        shops.shop_key,
        shops.time_zone,
        {{ utc_instant('tickets', 'opened', 'shops.time_zone') }} as opened_at,
        {{ utc_instant('tickets', 'closed', 'shops.time_zone') }} as closed_at
    from tickets
    {{ join_shops('tickets') }}

)

select * from final
