-- The first 300 of the list for tomorrow.
select
    place,
    action_name as action,
    action_name_zh as action_zh,
    customer_key,
    reason_text as reason,
    measured_value,
    limit_value,
    contact_kind,
    until_date
from thematic.customer_actions
order by place
limit 300
