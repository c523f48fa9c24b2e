-- An identifier that links accounts today stands inside one customer: no edge was left.

select
    links.identifier_key,
    count(distinct identified.customer_key) as customer_count
from {{ ref('int_identity_links') }} as links
inner join {{ ref('int_customers_identified') }} as identified
    on links.account_key = identified.account_key
where links.valid_until_date = date '9999-12-31'
group by links.identifier_key
having count(distinct identified.customer_key) > 1
