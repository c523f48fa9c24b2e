-- Completed refunds of customers by the day on which they are booked, up to the as-of date.
-- Counts and amounts add up.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'customer_key',
        'touched_by': {
            'fct_refunds': 'select customer_key from {bridge_account_customer}'
                ~ ' where account_key in (select account_key from changed_rows)',
            'dim_as_of_date': customers_between_as_of_dates('fct_refunds', 'booked_date'),
        },
    },
) }}

with

fct_refunds as (

    select * from {{ ref('fct_refunds') }}
    where booked_date is not null

),

bridge_account_customer as (

    select * from {{ touched_keys.touched_rows(ref('bridge_account_customer')) }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

final as (

    select
        bridge_account_customer.customer_key,
        fct_refunds.booked_date,
        cast(count(*) as integer) as refund_count,
        cast(
            count(case when fct_refunds.refund_base_amount is null then 1 end) as integer
        ) as unvalued_refund_count,
        {{ money_total('sum(coalesce(fct_refunds.refund_base_amount, 0))') }} as refund_amount
    from fct_refunds
    -- The refund's own account decides, not its order's: many refunds name no order.
    inner join bridge_account_customer
        on fct_refunds.account_key = bridge_account_customer.account_key
    {{ until_as_of_date('fct_refunds.booked_date') }}
    group by
        bridge_account_customer.customer_key,
        fct_refunds.booked_date

)

select * from final
