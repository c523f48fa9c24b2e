-- What sets a product's buyers apart from those of the others by more than chance, most first.
select
    products.sku_id,
    products.product_name,
    audience.dimension_code,
    coalesce(
        regions.province_name, regions.country_name, platforms.platform_name,
        audience.dimension_value
    ) as dimension_value,
    coalesce(
        regions.province_name_zh,
        regions.country_name_zh,
        platforms.platform_name_zh,
        map {
            'Monday': '周一', 'Tuesday': '周二', 'Wednesday': '周三', 'Thursday': '周四',
            'Friday': '周五', 'Saturday': '周六', 'Sunday': '周日',
            'night': '夜间', 'morning': '上午', 'afternoon': '下午', 'evening': '晚上',
            'female': '女', 'male': '男', 'new': '新客', 'returning': '老客', 'everyday': '平日'
        }[audience.dimension_value],
        audience.dimension_value
    ) as dimension_value_zh,
    audience.order_count,
    audience.order_share,
    audience.other_order_share,
    audience.affinity,
    audience.affinity_low
from thematic.product_audience as audience
inner join subject.dim_products as products
    on audience.product_key = products.product_key
left join subject.dim_regions as regions
    on audience.dimension_code = 'region' and audience.dimension_value = regions.region_key
left join subject.dim_platforms as platforms
    on audience.dimension_code = 'platform' and audience.dimension_value = platforms.platform_code
where
    audience.affinity_low > 1
    and audience.order_count >= 20
    and audience.dimension_value <> 'unknown'
order by audience.affinity_low desc, products.sku_id, audience.dimension_code, dimension_value
limit 300
