-- A merge: the customer that the account belonged to came along; a split: it stayed behind.

with

history as (

    select * from {{ ref('int_identity_history') }}

),

-- Before its first link an account is a customer of its own.
compared as (

    select
        *,
        coalesce(
            lag(customer_key) over (partition by account_key order by change_date), account_key
        ) as from_customer_key
    from history

),

final as (

    select
        {{ surrogate_key(['compared.account_key', 'compared.change_date']) }}
            as identity_event_key,
        compared.change_date as event_date,
        compared.account_key,
        case
            when old_customers.customer_key = compared.customer_key then 'merge'
            else 'split'
        end as event_kind,
        compared.from_customer_key,
        compared.customer_key as to_customer_key,
        compared.link_reason
    from compared
    inner join history as old_customers
        on
            compared.from_customer_key = old_customers.account_key
            and compared.change_date = old_customers.change_date
    where compared.from_customer_key <> compared.customer_key

)

select * from final
