-- Grain: one row per account, with the customer that it belongs to: each account is a customer of
-- its own.

with

accounts as (

    select * from {{ ref('int_accounts_resolved') }}

),

final as (

    select
        account_key,
        account_key as customer_key,
        'single_account' as link_reason
    from accounts

)

select * from final
