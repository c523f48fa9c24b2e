-- One row per shop and agent, conversations opened in the last 60 days. Ids, no names.
select
    shop_key,
    coalesce(agent_id, 'none') as agent_id,
    count(*) as tickets,
    sum(first_reply_minutes) as reply_minutes,
    count(first_reply_minutes) as replies,
    count(is_first_reply_within_target) as reply_targets,
    sum(case when is_first_reply_within_target then 1 else 0 end) as replies_in_target,
    count(csat_score) as scored,
    sum(case when csat_score >= 4 then 1 else 0 end) as satisfied
from subject.fct_tickets
cross join subject.dim_as_of_date
where opened_date between as_of_date - 59 and as_of_date
group by shop_key, coalesce(agent_id, 'none')
order by tickets desc, agent_id, shop_key
