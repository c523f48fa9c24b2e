-- One row per product at the end of the last finished month, those that shrink most first.
select
    products.sku_id,
    products.product_name,
    coalesce(lifecycle_products.stage, lifecycle_products.missing_reason) as stage,
    lifecycle_products.line_count,
    lifecycle_products.share_ratio,
    lifecycle_products.refunded_rate,
    lifecycle_products.average_rating,
    case
        when
            lifecycle_products.is_refunded_often
            or lifecycle_products.is_rated_low
            or lifecycle_products.is_asked_often
            then concat_ws(
                ', ',
                case when lifecycle_products.is_refunded_often then 'comes back often' end,
                case when lifecycle_products.is_rated_low then 'rated low' end,
                case when lifecycle_products.is_asked_often then 'asked about often' end
            )
        else '–'
    end as trouble,
    case
        when
            lifecycle_products.is_refunded_often
            or lifecycle_products.is_rated_low
            or lifecycle_products.is_asked_often
            then concat_ws(
                '、',
                case when lifecycle_products.is_refunded_often then '退货偏多' end,
                case when lifecycle_products.is_rated_low then '评分偏低' end,
                case when lifecycle_products.is_asked_often then '咨询偏多' end
            )
        else '–'
    end as trouble_zh
from thematic.lifecycle_products
inner join subject.dim_products as products
    on lifecycle_products.product_key = products.product_key
where
    lifecycle_products.month_date
    = (select max(latest.month_date) from thematic.lifecycle_products as latest)
order by lifecycle_products.share_ratio asc nulls last, products.sku_id asc
limit 300
