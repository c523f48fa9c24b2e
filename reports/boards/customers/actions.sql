-- The first 300 of the list for tomorrow.
select
    place,
    action_name as action,
    action_name_zh as action_zh,
    account_names as customer,
    account_names_zh as customer_zh,
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
inner join thematic.customer_accounts
    on customer_actions.customer_key = customer_accounts.customer_key
order by place
limit 300
