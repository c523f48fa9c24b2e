-- What is said of a product more often than chance explains, and how often of the others.
select
    products.sku_id,
    products.product_name,
    feedback.feedback_kind,
    feedback.feedback_value,
    feedback.feedback_count,
    feedback.rate,
    feedback.other_rate,
    feedback.rate_ratio
from thematic.product_feedback as feedback
inner join subject.dim_products as products
    on feedback.product_key = products.product_key
where
    feedback.is_more_than_chance
    and feedback.feedback_value <> 'unknown'
    and not (feedback.feedback_kind = 'rating' and feedback.feedback_value in ('4', '5'))
order by
    feedback.rate_ratio desc nulls first, products.sku_id asc, feedback.feedback_kind asc,
    feedback.feedback_value asc
limit 300
