-- An identifier that links accounts today stands inside one customer: no edge was left.

select
    identity_links.identifier_key,
    count(distinct people.customer_key) as customer_count
from {{ ref('int_identity_links') }} as identity_links
inner join {{ ref('int_customers_identified') }} as people
    on identity_links.account_key = people.account_key
where identity_links.valid_until_date = date '9999-12-31'
group by identity_links.identifier_key
having count(distinct people.customer_key) > 1
