-- One row per shop, month of issue and who pays for the coupon, the last 13 months.
select
    shop_key,
    funded_by,
    cast(date_trunc('month', issued_date) as date) as month_date,
    count(*) as issued,
    sum(case when is_used then 1 else 0 end) as used,
    sum(case when is_used then face_value_base_amount end) as used_value,
    sum(case when is_used then days_to_use end) as days_to_use
from subject.fct_coupons
cross join subject.dim_as_of_date
where
    issued_date <= as_of_date
    and issued_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, funded_by, month_date
order by month_date, funded_by, shop_key
