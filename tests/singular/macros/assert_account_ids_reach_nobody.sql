-- E-mail addresses and mobile numbers become a hash, the same however they are written; ids stay.

with

cases as (

    select 'tb123' as account_id, true as stays
    union all
    select '5600001234567', true
    union all
    select '138****1234', true
    union all
    select '12800001234', true
    union all
    select '13800001234', false
    union all
    select '+8613800001234', false
    union all
    select 'ann@shop.com', false

),

told as (

    select
        account_id,
        stays,
        {{ published_account_id('account_id') }} as published
    from cases

),

same as (

    select {{ contact_account_id("' Ann@Shop.com'") }} as written_otherwise

)

select told.*
from told
cross join same
where
    (told.published = told.account_id) <> told.stays
    or (not told.stays and left(told.published, 8) <> 'contact-')
    or (told.account_id = 'ann@shop.com' and told.published <> same.written_otherwise)
