-- No row where nothing was ever bought and none was asked for. What was asked for is read here,
-- not further up: who builds this model and what follows from it under another as-of date gets
-- marts of that date.

with

data_span as (

    select * from {{ ref('int_data_span') }}

),

asked as (

    select
        coalesce(cast({{ text_setting('as_of_date') }} as date), last_purchase_date) as as_of_date
    from data_span

),

final as (

    select as_of_date
    from asked
    where as_of_date is not null

)

select * from final
