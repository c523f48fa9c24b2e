-- One row per shop, topic and month in which the conversation was opened, the last 13 months.
-- Minutes of a person's first reply; a bot's answer is none.
select
    shop_key,
    topic,
    cast(date_trunc('month', opened_date) as date) as month_date,
    count(*) as tickets,
    sum(case when is_open then 1 else 0 end) as open_tickets,
    sum(case when is_bot_resolved then 1 else 0 end) as bot_resolved,
    sum(case when is_reopened then 1 else 0 end) as reopened,
    sum(case when handoff_count > 0 then 1 else 0 end) as handed_off,
    count(is_first_reply_within_target) as reply_targets,
    sum(case when is_first_reply_within_target then 1 else 0 end) as replies_in_target,
    count(is_resolution_within_target) as resolution_targets,
    sum(case when is_resolution_within_target then 1 else 0 end) as resolutions_in_target,
    sum(first_reply_minutes) as reply_minutes,
    count(first_reply_minutes) as replies,
    sum(resolution_minutes / 60) as resolution_hours,
    count(resolution_minutes) as resolutions,
    count(csat_score) as scored,
    sum(case when csat_score >= 4 then 1 else 0 end) as satisfied,
    sum(csat_score) as scores
from subject.fct_tickets
cross join subject.dim_as_of_date
where
    opened_date <= as_of_date
    and opened_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, topic, month_date
order by month_date, topic, shop_key
