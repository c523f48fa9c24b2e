-- Two accounts are enough to find a person in a shop's own system. Where an account's id is no name
-- there (a hash, an e-mail address), the number of an order stands for it.

with

bridge_account_customer as (

    select * from {{ ref('bridge_account_customer') }}

),

dim_accounts as (

    select
        *,
        account_id like '%@%' or left(account_id, 8) = 'contact-' as is_contact
    from {{ ref('dim_accounts') }}

),

dim_platforms as (

    select * from {{ ref('dim_platforms') }}

),

account_orders as (

    select
        account_key,
        max(order_id) as order_id
    from {{ ref('fct_orders') }}
    where account_key is not null
    group by account_key

),

named as (

    select
        bridge_account_customer.customer_key,
        dim_platforms.platform_name,
        coalesce(dim_platforms.platform_name_zh, dim_platforms.platform_name) as platform_name_zh,
        case
            when dim_accounts.is_contact then '#' || account_orders.order_id
            else dim_accounts.account_id
        end as account_name,
        dim_accounts.account_key
    from bridge_account_customer
    inner join dim_accounts
        on bridge_account_customer.account_key = dim_accounts.account_key
    inner join dim_platforms
        on dim_accounts.platform_code = dim_platforms.platform_code
    left join account_orders
        on dim_accounts.account_key = account_orders.account_key

),

-- Those that can be named come first.
numbered as (

    select
        *,
        row_number() over (
            partition by customer_key
            order by
                case when account_name is null then 1 else 0 end asc,
                platform_name asc, account_name asc, account_key asc
        ) as account_number
    from named

),

listed as (

    select
        customer_key,
        {% for name in ['platform_name', 'platform_name_zh'] -%}
        max(case when account_number = 1 then {{ name }} || ' ' || account_name end)
            as first_{{ name }},
        max(case when account_number = 2 then ', ' || {{ name }} || ' ' || account_name end)
            as second_{{ name }},
        {% endfor -%}
        case when count(*) > 2 then ' +' || cast(count(*) - 2 as string) else '' end as more,
        cast(count(*) as integer) as account_count
    from numbered
    group by customer_key

),

final as (

    select
        customer_key,
        {% for names in ['', '_zh'] -%}
        coalesce(first_platform_name{{ names }}, '')
        || coalesce(second_platform_name{{ names }}, '') || more as account_names{{ names }},
        {% endfor -%}
        account_count
    from listed

)

select * from final
