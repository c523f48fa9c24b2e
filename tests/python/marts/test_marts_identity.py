"""Identity on the sample brand against the ground truth."""

import hashlib
from collections import Counter

import duckdb
import pytest


@pytest.fixture(scope="module")
def people(sample_brand) -> list[tuple[str, str, str]]:
    """(account key, person in truth, customer found) of every account that the bridge has."""
    truth = sample_brand.folder / "sample_brand_truth" / "account_person.csv"
    persons = {}
    for platform, shop, account, person in duckdb.sql(
        f"select platform, shop_id, account_id, person_id"
        f" from read_csv('{truth}', all_varchar = true)"
    ).fetchall():
        scope = shop if platform in ("offline", "shopify") else ""
        key = hashlib.md5(f"{platform}\x1f{scope}\x1f{account}".encode()).hexdigest()
        persons[key] = person
    # People with a deleted account and no orders must be forgotten.
    found = sample_brand.query(
        "select account_key, customer_key from subject.dim_accounts"
        " where is_listed or account_key in (select account_key from subject.fct_orders)"
    )
    return [(account, persons[account], customer) for account, customer in found]


def pairs(groups: Counter) -> int:
    """Pairs of accounts that stand in one group."""
    return sum(count * (count - 1) // 2 for count in groups.values())


def test_accounts_of_one_person_are_found(people):
    in_truth = pairs(Counter(person for _, person, _ in people))
    linked = pairs(Counter(customer for _, _, customer in people))
    right = pairs(Counter((person, customer) for _, person, customer in people))
    assert in_truth > 500
    assert right / linked >= 0.995, "precision"
    assert right / in_truth >= 0.95, "recall"


def test_every_reason_links_some_accounts(sample_brand):
    found = sample_brand.query("select distinct link_reason from subject.bridge_account_customer")
    assert {reason for (reason,) in found} == {
        "single_account",
        "account_phone",
        "account_email",
        "receiver_phone",
        "address_and_name",
    }


def test_a_customer_key_is_its_earliest_account(sample_brand):
    """Registered first of its accounts; ties by key."""
    assert not sample_brand.query(
        """
        select customer_key
        from subject.dim_accounts
        group by customer_key
        having min_by(account_key, (coalesce(registered_at, first_seen_at), account_key))
            <> customer_key
        """
    )
