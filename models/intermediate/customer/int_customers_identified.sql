-- An account that shares no identifier with another is a customer of its own.

{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

accounts as (

    select * from {{ touched_keys.touched_rows(ref('int_accounts_resolved')) }}

),

present as (

    select * from {{ touched_keys.touched_rows(ref('int_identity_history')) }}
    where is_present

),

final as (

    select
        accounts.account_key,
        coalesce(present.customer_key, accounts.account_key) as customer_key,
        coalesce(present.link_reason, 'single_account') as link_reason
    from accounts
    left join present
        on accounts.account_key = present.account_key

)

select * from final
