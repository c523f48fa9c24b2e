-- The first 300 of the list for tomorrow.
-- A person is shown by the accounts that a shop knows: two of them, and how many more there are.
-- An e-mail address is no id for a page: an order of the account stands for it.
with shown_accounts as (
    select
        dim_accounts.account_key,
        any_value(platform_name) as platform_name,
        any_value(platform_name_zh) as platform_name_zh,
        case
            when any_value(dim_accounts.account_id) not like '%@%'
                then any_value(dim_accounts.account_id)
            else '#' || max(fct_orders.order_id)
        end as account
    from subject.dim_accounts
    inner join subject.dim_platforms
        on dim_accounts.platform_code = dim_platforms.platform_code
    left join subject.fct_orders
        on
            dim_accounts.account_key = fct_orders.account_key
            and dim_accounts.account_id like '%@%'
    group by dim_accounts.account_key
),

accounts as (
    select
        bridge_account_customer.customer_key,
        array_to_string(
            list(platform_name || ' ' || account order by platform_name, account)[:2], ', '
        ) as shown,
        array_to_string(
            list(platform_name_zh || ' ' || account order by platform_name, account)[:2], '、'
        ) as shown_zh,
        case when count(*) > 2 then ' +' || (count(*) - 2) else '' end as more
    from subject.bridge_account_customer
    inner join shown_accounts
        on bridge_account_customer.account_key = shown_accounts.account_key
    group by bridge_account_customer.customer_key
)

select
    place,
    action_name as action,
    action_name_zh as action_zh,
    shown || more as customer,
    shown_zh || more as customer_zh,
    reason_code as reason,
    measured_value,
    limit_value,
    case
        when reason_code in ('key_account_due', 'overdue', 'slipping') then 'days'
        when reason_code in ('festival_only', 'probably_gone', 'returns_often') then 'rate'
        else 'count'
    end as unit,
    contact_kind,
    until_date
from thematic.customer_actions
inner join accounts on customer_actions.customer_key = accounts.customer_key
order by place
limit 300
