{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

identified as (

    select * from {{ touched_keys.touched_rows(ref('int_customers_identified')) }}

),

final as (

    select
        account_key,
        customer_key,
        link_reason
    from identified

)

select * from final
