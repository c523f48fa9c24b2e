"""Online Retail's daily invoices."""

from expectations.suite import Suite, no_rows

SUITE = Suite(
    "raw",
    "online_retail_invoices",
    (
        no_rows(
            "A cancellation takes goods back: its quantity is negative.",
            "select * from {batch} where left(invoice_no, 1) = 'C' and quantity >= 0",
        ),
        no_rows(
            "A daily file holds its day only.",
            "select _source_file, count(distinct cast(invoice_date as date)) as days"
            " from {batch} group by _source_file"
            " having count(distinct cast(invoice_date as date)) > 1",
            severity="warning",
        ),
    ),
)
