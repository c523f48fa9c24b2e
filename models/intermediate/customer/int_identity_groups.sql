-- What happens in one group concerns no other.

with

accounts as (

    select * from {{ ref('int_accounts_resolved') }}

),

links as (

    select * from {{ ref('int_identity_links') }}

),

linked as (

    select
        account_key,
        min(valid_from_date) as first_linked_date
    from links
    group by account_key

),

-- The earliest registered account of a person is the person's key.
numbered as (

    select
        linked.account_key,
        row_number() over (
            order by
                coalesce(
                    accounts.registered_at,
                    accounts.first_seen_at,
                    cast(linked.first_linked_date as timestamp)
                ) asc,
                linked.account_key asc
        ) as account_number
    from linked
    left join accounts
        on linked.account_key = accounts.account_key

),

identifier_members as (

    select distinct
        links.identifier_key,
        numbered.account_number
    from links
    inner join numbered
        on links.account_key = numbered.account_key

),

-- No pairs: each account of an identifier is linked to the first of them.
edges as (

    select
        account_number as from_node,
        min(account_number) over (partition by identifier_key) as to_node
    from identifier_members

),

{{ connected_components('edges') }},

final as (

    select
        numbered.account_key,
        numbered.account_number,
        coalesce(components.label, numbered.account_number) as group_number
    from numbered
    left join components
        on numbered.account_number = components.node

)

select * from final
