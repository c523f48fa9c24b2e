with

groups as (

    select * from {{ ref('int_identity_groups') }}

),

links as (

    select
        groups.group_number,
        links.*
    from {{ ref('int_identity_links') }} as links
    inner join groups
        on links.account_key = groups.account_key

),

group_sizes as (

    select
        group_number,
        count(*) as account_count
    from groups
    group by group_number

),

change_days as (

    select
        group_number,
        valid_from_date as change_date
    from links
    union
    select
        group_number,
        valid_until_date as change_date
    from links
    where valid_until_date < date '9999-12-31'

),

-- Days times accounts stay few in a household; in a chain of hundreds only the present is told.
final as (

    select
        change_days.group_number,
        change_days.change_date,
        row_number() over (
            partition by change_days.group_number order by change_days.change_date
        ) as epoch_number
    from change_days
    inner join group_sizes
        on change_days.group_number = group_sizes.group_number
    qualify
        group_sizes.account_count <= {{ var('identity_history_max_accounts') }}
        or row_number() over (
            partition by change_days.group_number order by change_days.change_date desc
        ) = 1

)

select * from final
