-- Who follows an account's merges and splits ends at the customer that the bridge gives it.

with

last_events as (

    select
        account_key,
        max_by(to_customer_key, event_date) as customer_key
    from {{ ref('fct_identity_events') }}
    group by account_key

)

select
    bridge.account_key,
    bridge.customer_key,
    last_events.customer_key as customer_of_events
from {{ ref('bridge_account_customer') }} as bridge
left join last_events
    on bridge.account_key = last_events.account_key
where bridge.customer_key <> coalesce(last_events.customer_key, bridge.account_key)
