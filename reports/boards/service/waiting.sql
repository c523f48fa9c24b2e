-- One row per group of agents, conversations opened in the last 60 days. Shift minutes count only
-- while somebody was on duty.
select
    agent_group_id as agent_group,
    count(*) as tickets,
    sum(case when first_reply_at is null and is_bot_resolved is not true then 1 else 0 end)
        as unanswered,
    median(first_reply_minutes) as reply_minutes,
    median(first_reply_shift_minutes) as reply_shift_minutes,
    median(resolution_minutes) / 60 as resolution_hours
from subject.fct_tickets
cross join subject.dim_as_of_date
where opened_date between as_of_date - 59 and as_of_date
group by agent_group_id
order by tickets desc, agent_group
