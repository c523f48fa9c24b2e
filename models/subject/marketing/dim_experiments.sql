with

experiments as (

    select * from {{ ref('int_experiments_localized') }}

),

final as (

    select
        experiment_variant_key,
        experiment_key,
        source,
        experiment_id,
        experiment_name,
        variant,
        is_control,
        planned_share,
        starts_at,
        ends_at
    from experiments

)

select * from final
