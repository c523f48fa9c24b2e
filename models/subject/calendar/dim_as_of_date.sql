-- Grain: one row: the day that thematic marts describe. No row where nothing was ever bought and
-- none was asked for.

with

data_span as (

    select * from {{ ref('int_data_span') }}

),

final as (

    select as_of_date
    from data_span
    where as_of_date is not null

)

select * from final
