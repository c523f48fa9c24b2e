{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

accounts as (

    select * from {{ touched_keys.touched_rows(ref('int_accounts_resolved')) }}

),

identified as (

    select * from {{ touched_keys.touched_rows(ref('int_customers_identified')) }}

),

final as (

    select
        accounts.account_key,
        identified.customer_key,
        accounts.platform_code,
        accounts.account_id,
        accounts.first_seen_at,
        accounts.registered_at,
        accounts.registered_date,
        accounts.member_level,
        accounts.gender,
        cast(extract(month from accounts.birth_date) as integer) as birth_month,
        accounts.country,
        accounts.province,
        accounts.city,
        accounts.accepts_marketing,
        accounts.is_listed,
        accounts.is_guest
    from accounts
    left join identified
        on accounts.account_key = identified.account_key

)

select * from final
