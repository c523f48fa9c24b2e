-- Instants are wall clock in the project's default time zone, kept in UTC. Where the source does
-- not say which variant is the control, it is the one of that name.

with

experiments as (

    select * from {{ ref('int_experiments_unioned') }}

),

final as (

    select
        experiments.source,
        experiments.experiment_id,
        experiments.experiment_name,
        experiments.variant,
        experiments.planned_share,
        {{ experiment_key('experiments') }} as experiment_key,
        {{ experiment_variant_key('experiments') }} as experiment_variant_key,
        coalesce(experiments.is_control, lower(experiments.variant) = 'control') as is_control,
        {{ utc_instant('experiments', 'starts', "'" ~ var('default_time_zone') ~ "'") }}
            as starts_at,
        {{ utc_instant('experiments', 'ends', "'" ~ var('default_time_zone') ~ "'") }} as ends_at
    from experiments

)

select * from final
