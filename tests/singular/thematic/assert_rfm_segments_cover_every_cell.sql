-- 5 × 5 × 5 cells, each between 1 and 5; that none stands twice is the key's own test.

with

rfm_segments as (

    select * from {{ ref('rfm_segments') }}

)

select count(*) as cells
from rfm_segments
where
    recency_score between 1 and 5
    and frequency_score between 1 and 5
    and monetary_score between 1 and 5
having count(*) <> 125
