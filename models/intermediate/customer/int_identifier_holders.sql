{{ config(materialized='incremental', meta={'touched_key': 'identifier_key'}) }}

{% set forever = "date '9999-12-31'" %}

with

identifiers as (

    select * from {{ touched_keys.touched_rows(ref('int_identifiers_shared')) }}

),

days as (

    select
        identifier_key,
        valid_from_date as change_date
    from identifiers
    union
    select
        identifier_key,
        valid_until_date as change_date
    from identifiers
    where valid_until_date < {{ forever }}

),

changes as (

    select
        identifier_key,
        account_key,
        valid_from_date as change_date,
        1 as held
    from identifiers
    union all
    select
        identifier_key,
        account_key,
        valid_until_date as change_date,
        -1 as held
    from identifiers

),

-- An account may hold a phone twice, as its own and as its receivers': it counts once.
account_days as (

    select
        identifier_key,
        account_key,
        change_date,
        sum(sum(held)) over (
            partition by identifier_key, account_key order by change_date
        ) > 0 as is_held
    from changes
    group by identifier_key, account_key, change_date

),

account_turns as (

    select
        identifier_key,
        change_date,
        case when is_held then 1 else -1 end as turn
    from account_days
    qualify is_held is distinct from coalesce(
        lag(is_held) over (partition by identifier_key, account_key order by change_date), false
    )

),

final as (

    select
        days.identifier_key,
        days.change_date,
        sum(coalesce(sum(account_turns.turn), 0)) over (
            partition by days.identifier_key order by days.change_date
        ) as account_count,
        lead(days.change_date) over (
            partition by days.identifier_key order by days.change_date
        ) as next_change_date
    from days
    left join account_turns
        on
            days.identifier_key = account_turns.identifier_key
            and days.change_date = account_turns.change_date
    group by days.identifier_key, days.change_date

)

select * from final
