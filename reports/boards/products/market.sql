-- One row per platform, category and finished month: our units beside those of competitors.
select
    position.platform_code,
    position.category,
    position.month_date,
    position.own_unit_count,
    position.own_unit_count + position.market_unit_count as all_unit_count,
    position.listing_count
from thematic.market_position as position
where position.is_finished and position.market_unit_count is not null
order by position.month_date, position.platform_code, position.category
