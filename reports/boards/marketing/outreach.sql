-- One row per shop, kind and purpose of the messages sent from 105 to 15 days ago, so that each had
-- time to work. An order counts for every message that it followed.
select
    shop_key,
    outreach_kind,
    purpose,
    count(*) as sent,
    sum(case when is_delivered = false then 0 else 1 end) as delivered,
    sum(case when is_opened then 1 else 0 end) as opened,
    count(is_opened) as openings_told,
    sum(case when is_clicked then 1 else 0 end) as clicked,
    count(is_clicked) as clicks_told,
    sum(case when is_followed_by_purchase and is_delivered is not false then 1 else 0 end)
        as followed
from subject.fct_outreach
cross join subject.dim_as_of_date
where sent_date between as_of_date - 104 and as_of_date - 15
group by shop_key, outreach_kind, purpose
order by sent desc, outreach_kind, purpose, shop_key
