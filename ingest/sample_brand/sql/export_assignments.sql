-- The variant of each account; a few return on another device and see another one.

create or replace table export_assignments as
with
again as (
    select *, 0 as place, variant as shown, assigned_at as shown_at from assignments
    union all
    select
        *, 1, case when variant = 'control' then
            case arms when 2 then 'treatment' else 'variant_a' end else 'control' end,
        later(assigned_at, whole(assignment_no, 'other device', 600, 500000))
    from assignments
    where chance(assignment_no, 'has another device', 0.02)
)
select
    experiment_id,
    platform,
    shop_id,
    account_id,
    shown as variant,
    written(shown_at, platform) as assigned_at,
    written(shown_at, platform) as updated_at,
    null::boolean as is_deleted,
    shown_at::date as export_day,
    assignment_no * 2 + place as batch_key,
    0::bigint as row_key
from again
where shown_at < least(ends_at, getvariable('horizon'));
