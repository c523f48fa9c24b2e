-- Grain: one row per account: the customer that it belongs to, and why.

with

identified as (

    select * from {{ ref('int_customers_identified') }}

),

final as (

    select
        account_key,
        customer_key,
        link_reason
    from identified

)

select * from final
