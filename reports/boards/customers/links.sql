-- One row per month, kind of event and reason: accounts that were found to be one person, or not.
select
    cast(date_trunc('month', event_date) as date) as month_date,
    event_kind,
    coalesce(link_reason, 'none') as link_reason,
    count(*) as events
from subject.fct_identity_events
cross join subject.dim_as_of_date
where event_date <= as_of_date
group by month_date, event_kind, coalesce(link_reason, 'none')
order by month_date, event_kind, link_reason
