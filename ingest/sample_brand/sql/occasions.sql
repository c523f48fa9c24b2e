-- occasion_rows(first, last): the days on which people buy, from their numbers alone.

create or replace macro occasion_rows(first_person, last_person) as table (
    with
    people as (
        select * from person_rows(first_person, last_person)
    ),
    paced as (
        select person_id, start_no, cadence_days, unnest(range(occasion_limit)) as occasion_no
        from people
    ),
    wished as (
        select
            person_id,
            occasion_no,
            start_no + occasion_no * cadence_days + case
                when occasion_no = 0 then 0
                else whole(person_id * 32 + occasion_no, 'jitter', -35, 35) * cadence_days // 100
            end as day_no
        from paced
    ),
    placed as (
        select
            wished.person_id,
            wished.occasion_no,
            case
                when wished.occasion_no = 0 then wished.day_no
                when chance(wished.person_id * 32 + wished.occasion_no, 'waits', 0.3)
                    then coalesce(days.next_peak_no, draws.day_no)
                else draws.day_no
            end as day_no
        from wished
        inner join days on wished.day_no = days.day_no
        inner join draws
            on draws.kind = 'week'
            and days.week_no = draws.group_no
            and whole(wished.person_id * 32 + wished.occasion_no, 'day', 0, 255) = draws.bucket
        union all
        select people.person_id, festivals.festival_no % 32, draws.day_no
        from people
        inner join festivals
            on festivals.theme = case people.persona
                when 'deal_hunter' then 'sale' when 'gift_buyer' then 'gift'
            end
        inner join draws
            on draws.kind = 'festival'
            and festivals.festival_no = draws.group_no
            and whole(people.person_id * 32 + festivals.festival_no, 'day', 0, 255) = draws.bucket
        where
            chance(people.person_id * 32 + festivals.festival_no, 'joins in', festivals.pull / 100)
            and draws.day_no >= people.start_no
    )
    select person_id, occasion_no, day_no from placed where day_no >= 0
    union all
    -- A second order on the same day is still one occasion.
    select person_id, occasion_no + 32, day_no from placed
    where day_no >= 0 and chance(person_id * 32 + occasion_no, 'twin', 0.03)
);
