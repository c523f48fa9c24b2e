-- Each day of a change is a graph of its own. The group's number is left out: a new account
-- shifts it, and every row would count as changed.

{% set stride = 4294967296 %}

with

groups as (

    select * from {{ ref('int_identity_groups') }}

),

links as (

    select
        groups.group_number,
        groups.account_number,
        links.*
    from {{ ref('int_identity_links') }} as links
    inner join groups
        on links.account_key = groups.account_key

),

epochs as (

    select * from {{ ref('int_identity_epochs') }}

),

active_links as (

    select
        epochs.epoch_number,
        links.identifier_key,
        links.account_number,
        links.link_reason,
        epochs.epoch_number * {{ stride }} + links.account_number as node
    from links
    inner join epochs
        on
            links.group_number = epochs.group_number
            and links.valid_from_date <= epochs.change_date
            and links.valid_until_date > epochs.change_date

),

edges as (

    select
        node as from_node,
        min(node) over (partition by identifier_key, epoch_number) as to_node
    from active_links

),

{{ connected_components('edges') }},

reasons as (

    select
        node,
        min_by(link_reason, case link_reason
            when 'account_phone' then 1
            when 'account_email' then 2
            when 'guest_phone' then 3
            when 'receiver_phone' then 4
            else 5
        end) as link_reason
    from active_links
    group by node

),

final as (

    select
        groups.account_key,
        epochs.change_date,
        customers.account_key as customer_key,
        case when components.node is not null then reasons.link_reason end as link_reason,
        epochs.epoch_number = max(epochs.epoch_number) over (
            partition by groups.account_key
        ) as is_present
    from groups
    inner join epochs
        on groups.group_number = epochs.group_number
    left join components
        on components.node = epochs.epoch_number * {{ stride }} + groups.account_number
    left join reasons
        on components.node = reasons.node
    inner join groups as customers
        on
            customers.account_number
            = coalesce(components.label % {{ stride }}, groups.account_number)

)

select * from final
