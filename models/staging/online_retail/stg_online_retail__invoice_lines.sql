-- An invoice number that starts with C is a cancellation; one with another letter, or a negative
-- quantity, is an adjustment of stock or debt: neither a sale nor a refund.

with

source as (

    select * from {{ source('online_retail', 'invoices') }}
    qualify _batch_id = max(_batch_id) over (partition by _source_file)

),

renamed as (

    select
        invoice_no,
        cast(_source_row as integer) as line_number,
        case
            when left(invoice_no, 1) = 'C' then 'cancellation'
            when left(invoice_no, 1) between '0' and '9' and quantity > 0 then 'sale'
            else 'adjustment'
        end as line_kind,
        stock_code,
        description,
        quantity,
        unit_price as unit_price_amount,
        invoice_date as invoiced_time,
        cast(null as smallint) as invoiced_offset_minutes,
        -- The publisher writes the customer's number as a decimal: 17850.0
        split_part(customer_id, '.', 1) as account_id,
        country,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
