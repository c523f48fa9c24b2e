-- The purchase beside a message is the account's next one, and one that is not beside it lies
-- outside the window.

with

outreach as (

    select * from {{ ref('fct_outreach') }}
    where
        {{ touched_keys.changed_since_good_build(
            'account_key', ['fct_outreach', 'int_orders_validated']
        ) }}
        or account_key is null

),

orders as (

    select * from {{ ref('int_orders_validated') }}
    where is_valid

),

next_purchases as (

    select
        outreach.outreach_key,
        min(orders.valid_at) as purchased_at
    from outreach
    inner join orders
        on
            outreach.account_key = orders.account_key
            and outreach.sent_at <= orders.valid_at
    group by outreach.outreach_key

),

compared as (

    select
        outreach.outreach_key,
        outreach.purchased_at,
        next_purchases.purchased_at as next_purchased_at,
        {{ seconds_between('outreach.sent_at', 'next_purchases.purchased_at') }} as waited_seconds
    from outreach
    left join next_purchases
        on outreach.outreach_key = next_purchases.outreach_key

)

select * from compared
where
    purchased_at is distinct from case
        when waited_seconds < {{ var('outreach_window_days') }} * 86400 then next_purchased_at
    end
