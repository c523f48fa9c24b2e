-- What an account bought while the experiment ran is not to be summed over experiments: they
-- overlap.

{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

assignments as (

    select * from {{ touched_keys.touched_rows(ref('int_assignments_measured')) }}

),

variants as (

    select * from {{ ref('int_experiments_localized') }}

),

final as (

    select
        {{ surrogate_key(['assignments.experiment_key', 'assignments.account_key']) }}
            as experiment_account_key,
        assignments.source,
        assignments.experiment_key,
        assignments.experiment_id,
        variants.experiment_variant_key,
        assignments.variant,
        variants.is_control,
        variants.planned_share,
        assignments.platform_code,
        assignments.account_key,
        assignments.assigned_at,
        assignments.assigned_date,
        assignments.assignment_count,
        assignments.is_reassigned,
        assignments.starts_at,
        assignments.ends_at,
        assignments.assigned_at >= assignments.starts_at
        and assignments.assigned_at < assignments.counted_until_at as is_assigned_while_running,
        assignments.order_count > 0 as has_purchased,
        assignments.order_count,
        assignments.first_purchase_at,
        assignments.first_purchase_date,
        {{ money_total('assignments.revenue_base_amount') }} as revenue_base_amount,
        {{ money_total('assignments.net_revenue_base_amount') }} as net_revenue_base_amount
    from assignments
    left join variants
        on assignments.experiment_variant_key = variants.experiment_variant_key

)

select * from final
