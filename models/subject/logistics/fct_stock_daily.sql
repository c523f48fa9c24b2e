-- What stands is not additive over days. A view: the ledger holds the same in far fewer rows. It
-- names no database, so that it reads the ledger beside it in whichever file it stands.

with

ledger as (

    select * from {{ ref('fct_stock_ledger').include(database=false) }}

),

last_days as (

    select max(valid_from_date) as last_date
    from ledger

),

spread as (

    select
        ledger.*,
        {{ date_series(
            'ledger.valid_from_date', 'coalesce(ledger.valid_to_date, last_days.last_date)'
        ) }} as date_day
    from ledger
    cross join last_days

),

final as (

    select
        warehouse_id,
        product_key,
        sku_id,
        date_day,
        case when date_day = valid_from_date then received_quantity else 0 end
            as received_quantity,
        case when date_day = valid_from_date then sold_quantity else 0 end as sold_quantity,
        case when date_day = valid_from_date then returned_quantity else 0 end
            as returned_quantity,
        closing_quantity,
        reserved_quantity,
        available_to_ship_quantity,
        average_unit_cost,
        closing_value_amount,
        case when date_day = valid_from_date then cost_of_goods_sold_amount else 0 end
            as cost_of_goods_sold_amount,
        warehouse_id is not null and closing_quantity <= 0 as is_out_of_stock
    from spread

)

select * from final
