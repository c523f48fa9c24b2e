-- The first assignment counts, however often the account was assigned again. Of two at the same
-- instant the variant that comes first by name counts.

{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

assignments as (

    select * from {{ touched_keys.touched_rows(ref('int_assignments_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

localized as (

    select
        assignments.source,
        assignments.experiment_id,
        assignments.platform_code,
        assignments.account_id,
        assignments.variant,
        shops.time_zone,
        {{ experiment_key('assignments') }} as experiment_key,
        {{ experiment_variant_key('assignments') }} as experiment_variant_key,
        {{ account_key('assignments') }} as account_key,
        {{ utc_instant('assignments', 'assigned', 'shops.time_zone') }} as assigned_at
    from assignments
    {{ join_shops('assignments') }}

),

final as (

    select
        *,
        {{ local_date('assigned_at', 'time_zone') }} as assigned_date,
        count(*) over (partition by experiment_key, account_key) as assignment_count,
        min(variant) over (partition by experiment_key, account_key)
        <> max(variant) over (partition by experiment_key, account_key) as is_reassigned
    from localized
    where account_key is not null
    qualify row_number() over (
        partition by experiment_key, account_key order by assigned_at asc, variant asc
    ) = 1

)

select * from final
