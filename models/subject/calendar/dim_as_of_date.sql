-- Grain: one row: the day that thematic marts describe. No row where nothing was ever bought and
-- none was asked for.

with

data_span as (

    select * from {{ ref('int_data_span') }}

),

asked_for as (

    select cast({{ text_setting('as_of_date') }} as date) as as_of_date

),

final as (

    select coalesce(asked_for.as_of_date, data_span.last_purchase_date) as as_of_date
    from asked_for
    left join data_span
        on true
    where asked_for.as_of_date is not null or data_span.last_purchase_date is not null

)

select * from final
