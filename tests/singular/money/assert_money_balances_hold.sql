-- A balance that does not follow from the amounts says that rows are missing, or their signs wrong.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

select
    file_name || ': its amounts do not lead from one balance to the next; export it again, whole,'
    || ' and see that nobody has edited it' as what_to_do
from {{ ref('fct_money_files') }}
where not is_balance_proved
