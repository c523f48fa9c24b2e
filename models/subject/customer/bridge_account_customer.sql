{{ config(
    materialized='incremental',
    meta={'touched_key': 'account_key', 'touched_by': ['int_customers_identified']},
) }}

with

identified as (

    select * from {{ touched_rows(ref('int_customers_identified'), 'account_key') }}

),

final as (

    select
        account_key,
        customer_key,
        link_reason
    from identified

)

select * from final
