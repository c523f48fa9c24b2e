{{ config(materialized='incremental', meta={'touched_key': 'web_session_key'}) }}

with

web_orders as (

    select * from {{ touched_keys.touched_rows(ref('int_web_orders_placed')) }}
    where is_valid

),

final as (

    select
        web_session_key,
        count(*) as order_count,
        -- Amounts of several currencies do not add up.
        case when count(distinct currency_code) = 1 then min(currency_code) end as currency_code,
        case
            when count(distinct currency_code) = 1 then {{ known_sum('revenue_amount') }}
        end as revenue_amount,
        {{ known_sum('revenue_base_amount') }} as revenue_base_amount
    from web_orders
    group by web_session_key

)

select * from final
