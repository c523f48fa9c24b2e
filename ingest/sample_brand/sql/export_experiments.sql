-- A row per variant, known a week before the start.

create or replace table export_experiments as
with
planned as (
    select
        *,
        cast(greatest(starts_at - interval 7 day, getvariable('first_day')) as date) as export_day,
        unnest(case arms
            when 2 then ['control', 'treatment'] else ['control', 'variant_a', 'variant_b']
        end) as variant
    from experiments
)
select
    experiment_id,
    name,
    variant,
    variant = 'control' as is_control,
    case when variant = 'control' then planned else (1000 - planned) // (arms - 1) end
        * cast(0.001 as decimal(4, 3)) as planned_share,
    starts_at,
    ends_at,
    export_day + interval 10 hour as updated_at,
    null::boolean as is_deleted,
    export_day,
    experiment_no as batch_key,
    row_number() over (partition by experiment_no order by variant) as row_key
from planned
where export_day <= getvariable('last_day')
union all by name
select
    'EXP-DRAFT' as experiment_id, 'control' as variant, true as is_control,
    getvariable('first_day') + interval 10 hour as updated_at, null::boolean as is_deleted,
    getvariable('first_day') as export_day, 900000 as batch_key, 0 as row_key
union all by name
select
    'EXP-DRAFT' as experiment_id, 'control' as variant,
    getvariable('first_day') + interval 34 hour as updated_at, true as is_deleted,
    cast(getvariable('first_day') + 1 as date) as export_day, 900001 as batch_key, 0 as row_key;
