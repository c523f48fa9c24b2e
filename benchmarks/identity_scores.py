"""Scores identity on the sample brand against the ground truth, and counts missed pairs.

    python -m benchmarks.identity_scores

Reads the working file of a built sample brand (WAREHOUSE_DIR). A pair is two accounts of one
person; precision is the share of linked pairs that are right, recall the share of right pairs
that are linked. Accounts that were deleted and never ordered are not counted.
"""

import argparse
import os
import sys
from pathlib import Path

import duckdb

# Keys as the models make them: account ids are unique on the platform, or within the shop.
PEOPLE = """
create temp table people as
select
    identified.account_key,
    identified.customer_key,
    truth.person_id,
    case
        when phones.phone_key is null then 'no usable phone'
        else 'phone'
    end || case
        when receivers.account_key is not null then ', a usual receiver'
        when orders.account_key is not null then ', orders'
        else ', no order'
    end as knowledge
from read_csv('{truth}', all_varchar = true) as truth
inner join intermediate.int_shops_resolved as shops
    on truth.platform = shops.platform_code
    and truth.shop_id is not distinct from shops.shop_id
inner join intermediate.int_customers_identified as identified
    on identified.account_key = md5(
        truth.platform || chr(31)
        || case when shops.accounts_are_shared then '' else truth.shop_id end
        || chr(31) || truth.account_id
    )
inner join intermediate.int_accounts_resolved as accounts
    on identified.account_key = accounts.account_key
left join (
    select account_key, any_value(phone_key) as phone_key
    from intermediate.int_account_phones
    where valid_until_date is null
    group by account_key
) as phones on identified.account_key = phones.account_key
left join (
    select distinct account_key
    from intermediate.int_receiver_identifiers
    where valid_until_date = date '9999-12-31'
) as receivers on identified.account_key = receivers.account_key
left join (
    select distinct account_key from intermediate.int_order_receivers
) as orders on identified.account_key = orders.account_key
-- Who had an account deleted, and never ordered, is to be known no more.
where accounts.is_listed or orders.account_key is not null
"""
SCORES = """
select
    sum(linked.pairs) as linked_pairs,
    (
        select sum(n * (n - 1) // 2)
        from (select count(*) as n from people group by person_id)
    ) as true_pairs,
    (
        select sum(n * (n - 1) // 2)
        from (select count(*) as n from people group by person_id, customer_key)
    ) as right_pairs
from (
    select n * (n - 1) // 2 as pairs
    from (select count(*) as n from people group by customer_key)
) as linked
"""
MISSED = """
select
    least(one.knowledge, other.knowledge) || ' | ' || greatest(one.knowledge, other.knowledge),
    count(*)
from people as one
inner join people as other
    on one.person_id = other.person_id
    and one.account_key < other.account_key
where one.customer_key <> other.customer_key
group by all
order by 2 desc, 1
"""


def main() -> int:
    """Print the scores and the missed pairs by the known properties of their accounts."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    folder = Path(os.environ.get("WAREHOUSE_DIR", "data"))
    truth = folder / "sample_brand_truth" / "account_person.csv"
    path = folder / "build" / "warehouse.duckdb"
    for needed in (truth, path):
        if not needed.exists():
            print(f"{needed} is missing: run `make build` with the sample brand", file=sys.stderr)
            return 2
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute(PEOPLE.format(truth=truth))
        linked, true, right = connection.execute(SCORES).fetchall()[0]
        print(f"pairs: {true:,} true, {linked:,} linked, {right:,} of them right")
        print(f"precision {right / linked:.4f}, recall {right / true:.4f}")
        print("missed pairs, by what is known of the two accounts:")
        for knowledge, count in connection.execute(MISSED).fetchall():
            print(f"{count:6,}  {knowledge}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
