"""Every account's customer on every day against plain Python, on crowded random histories."""

import json
import os
import random
import subprocess
from datetime import date, datetime, time, timedelta
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import pytest
import warm
from identity_reference import STRENGTH, Account, Limits, Order, Version, customers_on

from benchmarks.identity import MODELS

PROJECT = Path(__file__).resolve().parents[3]
FIRST_DAY = date(2024, 1, 1)
SPAN = 24
LIMITS = Limits(accounts=3, names=2)
HISTORIES = 40
GIVEN = {
    "int_account_versions_unioned": "platform_code varchar, shop_id varchar, account_id varchar,"
    " phone varchar, email varchar, version_time timestamp, version_offset_minutes smallint,"
    " is_dated boolean, is_deleted boolean, version_row bigint, batch_id bigint",
    "int_shops_resolved": "platform_code varchar, shop_id varchar, shop_key varchar,"
    " time_zone varchar, country_code varchar, accounts_are_shared boolean,"
    " placeholder_account_ids varchar, is_shop boolean",
    "int_guest_orders": "account_key varchar, phone_key varchar, ordered_date date",
    "int_orders_validated": "order_key varchar, account_key varchar, shop_key varchar,"
    " ordered_date date, is_test boolean, receiver_phone varchar, receiver_name varchar,"
    " receiver_province varchar, receiver_city varchar, receiver_district varchar,"
    " receiver_address varchar",
    "int_accounts_resolved": "account_key varchar, registered_at timestamp,"
    " first_seen_at timestamp",
}
KEY = "md5('p' || chr(31) || chr(31) || ?)"
SECRET = os.environ.get("IDENTITY_KEY", "set IDENTITY_KEY")
# As the models hash a Chinese phone.
PHONE_KEY = "md5($secret || md5($secret || chr(31) || '86' || $phone))"


def make_history(seed: int) -> list[Account]:
    """A few accounts that meet at few phones, e-mails, addresses and names, often on one day."""
    rng = random.Random(seed)
    phones = [None, *(f"1540001234{digit}" for digit in range(rng.choice([2, 4, 8])))]
    addresses = [None, *(f"green road {number}" for number in range(1, rng.choice([3, 5, 8])))]
    emails = [None, None, *(f"u{digit}@brand.com" for digit in range(rng.choice([1, 4, 8])))]
    names = [None, "ann lee", "bob ray", "cat fox"][: rng.choice([2, 4])]

    def some_day() -> date:
        return FIRST_DAY + timedelta(days=rng.randrange(SPAN))

    accounts = []
    for number in range(rng.choice([3, 6, 10])):
        account = Account(f"a{number}", rng.randrange(4))
        days = sorted(some_day() for _ in range(rng.choice([0, 1, 1, 2, 3])))
        account.is_guest = rng.random() < 0.2
        account.versions = [
            Version(day, rng.choice(phones), rng.choice(emails), rng.random() < 0.15)
            for day in days
            if not account.is_guest
        ]
        phone_of_guest = rng.choice(phones[1:])
        usual = [rng.choice(choices) for choices in (phones, addresses, names)]
        for _ in range(rng.choice([0, 1, 1, 2, 3, 6])):
            receiver = (
                usual
                if rng.random() < 0.6
                else [rng.choice(choices) for choices in (phones, addresses, names)]
            )
            if account.is_guest:
                receiver = [phone_of_guest, *receiver[1:]]
            account.orders.append(Order(some_day(), *receiver))
        accounts.append(account)
    return accounts


class Identity:
    """A small working file whose identity models dbt compiled once, run on any history."""

    def __init__(self, folder: Path, variables: dict[str, int]) -> None:
        path = folder / "build" / "warehouse.duckdb"
        path.parent.mkdir(parents=True)
        with duckdb.connect(str(path)) as connection:
            connection.execute("create schema intermediate; create schema subject")
            for name, columns in GIVEN.items():
                connection.execute(f"create table intermediate.{name} ({columns})")
        command = [warm.dbt(), "build", "--select"]
        command += ["calling_codes", "email_domains", *MODELS, "--resource-type", "seed", "model"]
        command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT / "profiles")]
        command += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
        command += ["--vars", json.dumps(variables)]
        done = subprocess.run(
            command,
            env=os.environ | {"WAREHOUSE_DIR": str(folder), "SOURCES": "oms"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        nodes = {
            key: node
            for key, node in json.loads((folder / "target/manifest.json").read_text())[
                "nodes"
            ].items()
            if node["resource_type"] == "model" and node["name"] in MODELS
        }
        order = TopologicalSorter(
            {key: set(node["depends_on"]["nodes"]) & set(nodes) for key, node in nodes.items()}
        )
        self.statements = [
            f"create or replace table {nodes[key]['relation_name']} as "
            + (PROJECT / nodes[key]["compiled_path"]).read_text()
            for key in order.static_order()
        ]
        self.connection = duckdb.connect(str(path))

    def run(self, accounts: list[Account], shuffled_by: int) -> None:
        """Land a history in any order of rows and run all models on it."""
        for name in GIVEN:
            self.connection.execute(f"delete from intermediate.{name}")
        self.connection.execute(
            "insert into intermediate.int_shops_resolved"
            " values ('p', null, 's', 'Asia/Shanghai', 'CN', true, null, true)"
        )
        rows: list[tuple[str, tuple | dict]] = []
        for account in accounts:
            rows.append(
                (
                    f"insert into intermediate.int_accounts_resolved values ({KEY}, ?, ?)",
                    (account.key, datetime(2020, 1, 1 + account.registered), None),
                )
            )
            rows += [
                (
                    "insert into intermediate.int_account_versions_unioned"
                    " values ('p', null, ?, ?, ?, ?, null, true, ?, ?, ?)",
                    (
                        account.key,
                        version.phone,
                        version.email,
                        # Versions of one day follow each other within it.
                        datetime.combine(version.day, time(9)) + timedelta(minutes=number),
                        version.is_deleted,
                        number,
                        number,
                    ),
                )
                for number, version in enumerate(account.versions)
            ]
            rows += [
                (
                    f"insert into intermediate.int_orders_validated values (?, {KEY}, 's', ?,"
                    " false, ?, ?, null, null, null, ?)",
                    (
                        f"{account.key}-{number}",
                        account.key,
                        order.day,
                        order.phone,
                        order.name,
                        order.address,
                    ),
                )
                for number, order in enumerate(account.orders)
            ]
            rows += [
                (
                    "insert into intermediate.int_guest_orders values"
                    f" ({KEY.replace('?', '$key')}, {PHONE_KEY}, $day)",
                    {
                        "key": account.key,
                        "secret": SECRET,
                        "phone": order.phone,
                        "day": order.day,
                    },
                )
                for order in account.orders
                if account.is_guest
            ]
        random.Random(shuffled_by).shuffle(rows)
        for statement, parameters in rows:
            self.connection.execute(statement, parameters)
        for statement in self.statements:
            self.connection.execute(statement)

    def names(self, accounts: list[Account]) -> dict[str, str]:
        """Key of the warehouse → key of the history."""
        return {
            self.connection.execute(f"select {KEY}", [account.key]).fetchall()[0][0]: account.key
            for account in accounts
        }


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return Identity(
        tmp_path_factory.mktemp("identity"),
        {
            "identity_max_accounts_per_identifier": LIMITS.accounts,
            "identity_max_names_at_address": LIMITS.names,
        },
    )


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_every_day_and_event_equal_plain_python(identity: Identity, seed: int) -> None:
    accounts = make_history(seed)
    identity.run(accounts, shuffled_by=seed)
    names = identity.names(accounts)
    told: dict[str, list[tuple[date, str, str | None]]] = {account.key: [] for account in accounts}
    for account_key, day, customer_key, reason in identity.connection.execute(
        "select account_key, change_date, customer_key, link_reason"
        " from intermediate.int_identity_history order by change_date"
    ).fetchall():
        told[names[account_key]].append((day, names[customer_key], reason))
    before = {account.key: account.key for account in accounts}
    events = set()
    for number in range(SPAN + 1):
        day = FIRST_DAY + timedelta(days=number)
        expected = customers_on(accounts, day, LIMITS)
        for key, (customer, reason) in expected.items():
            known = [row for row in told[key] if row[0] <= day]
            assert (known[-1][1:] if known else (key, None)) == (customer, reason), (key, day)
            if customer != before[key]:
                came_along = expected[before[key]][0] == customer
                kind = "merge" if came_along else "split"
                events.add((day, key, kind, before[key], customer, reason))
        before = {key: customer for key, (customer, _) in expected.items()}
    assert events == {
        (day, names[account], kind, names[old], names[new], reason)
        for day, account, kind, old, new, reason in identity.connection.execute(
            "select event_date, account_key, event_kind, from_customer_key, to_customer_key,"
            " link_reason from subject.fct_identity_events"
        ).fetchall()
    }
    last = customers_on(accounts, FIRST_DAY + timedelta(days=SPAN), LIMITS)
    assert {
        names[account]: (names[customer], reason)
        for account, customer, reason in identity.connection.execute(
            "select account_key, customer_key, nullif(link_reason, 'single_account')"
            " from intermediate.int_customers_identified"
        ).fetchall()
    } == last


def test_the_histories_are_eventful() -> None:
    """Merges, splits, crowds and every reason come up, or the test above proves little."""
    reasons, sizes, kinds = set(), set(), set()
    for seed in range(HISTORIES):
        accounts = make_history(seed)
        before = {account.key: account.key for account in accounts}
        for number in range(SPAN + 1):
            expected = customers_on(accounts, FIRST_DAY + timedelta(days=number), LIMITS)
            reasons |= {reason for _, reason in expected.values()}
            customers = [customer for customer, _ in expected.values()]
            sizes |= {customers.count(customer) for customer in customers}
            kinds |= {
                expected[before[key]][0] == customer
                for key, (customer, _) in expected.items()
                if customer != before[key]
            }
            before = {key: customer for key, (customer, _) in expected.items()}
    assert reasons == {None, *STRENGTH}
    assert {1, 2, 3, 4, 5} <= sizes
    assert kinds == {True, False}
