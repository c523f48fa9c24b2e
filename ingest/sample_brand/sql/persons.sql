-- person_rows(first, last): people, drawn from their number alone, so that any range can be asked
-- for.

create or replace macro platform_of(person_id, slot, is_us) as
    case
        when is_us and u(person_id * 4 + slot, 'platform') < 0.6 then 'shopify'
        when is_us then 'amazon'
        when u(person_id * 4 + slot, 'platform') < 0.36 then 'tmall'
        when u(person_id * 4 + slot, 'platform') < 0.45 then 'taobao'
        when u(person_id * 4 + slot, 'platform') < 0.61 then 'jd'
        when u(person_id * 4 + slot, 'platform') < 0.74 then 'pinduoduo'
        when u(person_id * 4 + slot, 'platform') < 0.91 then 'douyin'
        else 'offline'
    end;

create or replace macro person_rows(first_person, last_person) as table (
    with
    drawn as (
        select
            range as person_id,
            chance(range, 'country', 0.09) as is_us,
            u(range, 'persona') as persona_draw,
            whole(range, 'start', 0, 16383) as start_bucket,
            case
                when u(range, 'category') < 0.34 then 1
                when u(range, 'category') < 0.54 then 2
                when u(range, 'category') < 0.74 then 3
                when u(range, 'category') < 0.86 then 4
                when u(range, 'category') < 0.93 then 5
                else 6
            end as category_no
        from range(first_person::bigint, last_person::bigint + 1)
    ),
    typed as (
        select
            *,
            case
                when persona_draw < 0.58 then 'one_time'
                when persona_draw < 0.78 then 'occasional'
                when persona_draw < 0.88 then 'loyal'
                when persona_draw < 0.95 then 'deal_hunter'
                else 'gift_buyer'
            end as persona
        from drawn
    )
    select
        typed.person_id,
        typed.persona,
        typed.is_us,
        typed.category_no,
        starts.day_no as start_no,
        -- Loyal buyers return when a product is used up, others after twice that time or more.
        (
            categories.cadence_days * whole(typed.person_id, 'pace', 75, 135)
            * case typed.persona when 'loyal' then 1 else 2 end // 100
        ) as cadence_days,
        case typed.persona
            when 'one_time' then 1
            when 'occasional' then whole(typed.person_id, 'occasions', 2, 4)
            when 'loyal' then 4 + floor(pow(u(typed.person_id, 'occasions'), 2) * 20)::bigint
            else 0
        end as occasion_limit,
        case
            when typed.persona = 'one_time' then 1 + chance(typed.person_id, 'slots', 0.08)::int
            else 1 + chance(typed.person_id, 'slots', 0.4)::int
                + chance(typed.person_id, 'third slot', 0.1)::int
        end as slot_count
    from typed
    inner join categories on typed.category_no = categories.category_no
    inner join draws as starts on starts.kind = 'start' and typed.start_bucket = starts.bucket
);
