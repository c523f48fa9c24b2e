-- accounts: one row per account of a person, and the number that its platform gave it.

create or replace table accounts as
with slots as (
    select
        persons.person_id,
        unnest(range(1, slot_count + 1)) as slot,
        persons.is_us
    from persons
),
named as (
    select
        *,
        person_id * 4 + slot as account_no,
        platform_of(person_id, slot, is_us) as platform
    from slots
)
select
    person_id,
    slot,
    account_no,
    platform,
    case platform
        when 'shopify' then 'us01'
        when 'offline' then 'st0' || (account_no % 2 + 1)
    end as shop_id,
    case platform
        when 'tmall' then 'tb' || lpad(scramble(account_no)::varchar, 10, '0')
        when 'taobao' then 'tb' || lpad(scramble(account_no)::varchar, 10, '0')
        when 'jd' then 'jd_' || to_hex(scramble(account_no))
        when 'pinduoduo' then lpad(scramble(account_no)::varchar, 13, '7')
        when 'douyin' then lpad(scramble(account_no)::varchar, 11, '1')
        when 'amazon' then 'A' || upper(lpad(to_hex(scramble(account_no)), 13, '0'))
        -- Members of the site and of each store are numbered alike: the same id, another person.
        when 'shopify' then lpad(account_no::varchar, 8, '0')
        else lpad((xor(person_id, account_no % 2 + 1) * 4 + slot)::varchar, 8, '0')
    end as account_id
from named;
