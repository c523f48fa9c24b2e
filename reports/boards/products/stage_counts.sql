-- One row per month and stage.
select
    month_date,
    stage,
    count(*) as products
from thematic.lifecycle_products
where stage is not null
group by month_date, stage
order by month_date, stage
