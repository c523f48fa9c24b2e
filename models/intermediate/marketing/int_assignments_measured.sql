-- What was bought before the experiment's start does not count; its end does not belong to it.
-- An experiment without an end goes on. Money is null when an order is unknown in the reporting
-- currency.

{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

assignments as (

    select * from {{ touched_keys.touched_rows(ref('int_assignments_settled')) }}

),

-- An account may have been assigned to a variant that the list does not name.
spans as (

    select
        experiment_key,
        min(starts_at) as starts_at,
        max(ends_at) as ends_at
    from {{ ref('int_experiments_localized') }}
    group by experiment_key

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}
    where is_valid

),

order_values as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_with_amounts')) }}

),

spanned as (

    select
        assignments.*,
        spans.starts_at,
        spans.ends_at,
        greatest(assignments.assigned_at, coalesce(spans.starts_at, assignments.assigned_at))
            as counted_from_at,
        coalesce(spans.ends_at, cast('9999-12-31' as timestamp)) as counted_until_at
    from assignments
    left join spans
        on assignments.experiment_key = spans.experiment_key

),

outcomes as (

    select
        spanned.experiment_key,
        spanned.account_key,
        count(*) as order_count,
        min(orders.valid_at) as first_purchase_at,
        min(orders.purchase_date) as first_purchase_date,
        case
            when count(*) = count(order_values.revenue_base_amount)
                then sum(order_values.revenue_base_amount)
        end as revenue_base_amount,
        case
            when count(*) = count(order_values.net_revenue_base_amount)
                then sum(order_values.net_revenue_base_amount)
        end as net_revenue_base_amount
    from spanned
    inner join orders
        on
            spanned.account_key = orders.account_key
            and spanned.counted_from_at <= orders.valid_at
            and spanned.counted_until_at > orders.valid_at
    left join order_values
        on orders.order_key = order_values.order_key
    group by spanned.experiment_key, spanned.account_key

),

final as (

    select
        spanned.*,
        coalesce(outcomes.order_count, 0) as order_count,
        outcomes.first_purchase_at,
        outcomes.first_purchase_date,
        case
            when outcomes.order_count is null then 0 else outcomes.revenue_base_amount
        end as revenue_base_amount,
        case
            when outcomes.order_count is null then 0 else outcomes.net_revenue_base_amount
        end as net_revenue_base_amount
    from spanned
    left join outcomes
        on
            spanned.experiment_key = outcomes.experiment_key
            and spanned.account_key = outcomes.account_key

)

select * from final
