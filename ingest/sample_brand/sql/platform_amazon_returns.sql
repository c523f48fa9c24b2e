-- Returns to the seller of an Amazon account: a row per item that is sent back, days only. A refund
-- without a return is in the settlement alone.

create or replace table file_amazon_returns as
select
    platform,
    shop_id,
    file_part,
    applied_at || refund_number as sort_key,
    order_id as "Order ID",
    strftime(left(created_at, 10)::date, '%d-%b-%Y') as "Order date",
    strftime(left(applied_at, 10)::date, '%d-%b-%Y') as "Return request date",
    case refund_status
        when 'completed' then 'Completed'
        when 'rejected' then 'Denied'
        when 'cancelled' then 'Canceled'
        else 'Approved'
    end as "Return request status",
    refund_number as "Amazon RMA ID",
    'AmazonUnPaidLabel' as "Label type",
    'USD' as "Currency code",
    'N' as "A-to-Z Claim",
    'N' as "Is prime",
    'B0' || product_id as "ASIN",
    sku_id as "Merchant SKU",
    product_name as "Item Name",
    line_refund_quantity as "Return quantity",
    'CR-DEFECTIVE' as "Return Reason",
    'Y' as "In policy",
    'C-Returns' as "Return type",
    'StandardRefund' as "Resolution",
    strftime(left(completed_at, 10)::date, '%d-%b-%Y') as "Return delivery date",
    money(payable_in_cents) as "Order Amount",
    quantity as "Order quantity",
    case when refund_status = 'completed' then money(line_refund_cents) end as "Refunded Amount"
from platform_refund_lines
where platform = 'amazon' and refund_kind = 'return_and_refund';
