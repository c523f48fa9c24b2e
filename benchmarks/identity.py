"""Times the identity models on many accounts.

    python -m benchmarks.identity --accounts 1000000,10000000

For each number: generates that many accounts, two of three with a phone shared by one to three
others, some that change to a neighbour's phone; then dbt builds every identity model. Prints
seconds of each model and the peak memory. The folder is temporary.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.build import Peak
from orchestration.project import PROJECT_DIR

MODELS = (
    "int_account_phones",
    "int_account_emails",
    "int_receivers_hashed",
    "int_order_receivers",
    "int_crowded_addresses",
    "int_receiver_identifiers",
    "int_identifiers_shared",
    "int_identifier_holders",
    "int_identity_links",
    "int_identity_groups",
    "int_identity_epochs",
    "int_identity_history",
    "int_customers_identified",
    "fct_identity_events",
)

# The models' input, for `accounts` accounts in one shop. Every account is sent once; one in five
# is sent again with its neighbour's phone, which makes chains of households.
GIVEN = """
create schema intermediate;
create schema subject;
create table intermediate.int_shops_resolved as
select
    'p' as platform_code, cast(null as varchar) as shop_id, 's' as shop_key,
    'Asia/Shanghai' as time_zone, 'CN' as country_code, true as accounts_are_shared,
    cast(null as varchar) as placeholder_account_ids, true as is_shop;
create table intermediate.int_guest_orders (
    account_key varchar, phone_key varchar, ordered_date date
);
create table intermediate.int_account_versions_unioned as
with sent as (
    select
        n,
        n + 60 * (hash(n) % 1000000) as seconds,
        case when hash(n, 'linked') % 3 < 2 then n // 3 else n + {accounts} end as phone_number
    from range({accounts}) as numbers (n)
    union all
    select n, n + 60000000, (n + 3) // 3
    from range({accounts}) as numbers (n)
    where hash(n, 'changed') % 5 = 0
)
select
    'p' as platform_code,
    cast(null as varchar) as shop_id,
    cast(n as varchar) as account_id,
    '13' || lpad(cast(phone_number as varchar), 9, '0') as phone,
    cast(null as varchar) as email,
    timestamp '2020-01-01' + to_seconds(seconds) as version_time,
    cast(null as smallint) as version_offset_minutes,
    true as is_dated,
    false as is_deleted,
    row_number() over () as version_row,
    cast(1 as bigint) as batch_id
from sent;
create table intermediate.int_accounts_resolved as
select
    md5('p' || chr(31) || chr(31) || cast(n as varchar)) as account_key,
    timestamp '2019-01-01' + to_seconds(n) as registered_at,
    cast(null as timestamp) as first_seen_at
from range({accounts}) as numbers (n);
create table intermediate.int_orders_validated (
    order_key varchar, account_key varchar, shop_key varchar, ordered_date date, is_test boolean,
    receiver_phone varchar, receiver_name varchar, receiver_province varchar,
    receiver_city varchar, receiver_district varchar, receiver_address varchar
);
"""


def main() -> int:
    """Measure every number of accounts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", default="1000000,10000000", help="comma-separated")
    sizes = [int(size) for size in parser.parse_args().accounts.split(",")]
    seconds, notes = {}, {}
    for size in sizes:
        print(f"{size:,} accounts", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            seconds[size], notes[size] = measure(size, Path(folder))
    print("| model: seconds | " + " | ".join(f"{size:,} accounts" for size in sizes) + " |")
    print("|---|" + "---:|" * len(sizes))
    for model in MODELS:
        cells = (f"{seconds[size][model]:,.1f}" for size in sizes)
        print(f"| {model} | " + " | ".join(cells) + " |")
    totals = (f"{sum(seconds[size].values()):,.1f}" for size in sizes)
    print("| all | " + " | ".join(totals) + " |")
    for note in next(iter(notes.values())):
        print(f"| {note} | " + " | ".join(f"{notes[size][note]:,.0f}" for size in sizes) + " |")
    return 0


def measure(accounts: int, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Model → seconds, and further measures: memory in MiB, people, events."""
    path = folder / "build" / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(GIVEN.format(accounts=accounts))
    command = [str(Path(sys.executable).with_name("dbt")), "build", "--select", "calling_codes"]
    command += [
        "email_domains",
        *MODELS,
        "--resource-type",
        "seed",
        "model",
        "--profiles-dir",
        "profiles",
    ]
    command += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    process = subprocess.Popen(
        command,
        cwd=PROJECT_DIR,
        env=os.environ | {"WAREHOUSE_DIR": str(folder), "SOURCES": "oms"},
        stdout=sys.stderr,
    )
    peak = Peak(process.pid)
    peak.start()
    if process.wait():
        sys.exit(f"dbt ended with exit code {process.returncode}")
    peak.join()
    results = json.loads((folder / "target" / "run_results.json").read_text())["results"]
    times = {result["unique_id"].split(".")[-1]: result["execution_time"] for result in results}
    with duckdb.connect(str(path), read_only=True) as connection:
        customers, largest = connection.execute(
            "select count(*), max(n) from (select count(*) as n"
            " from intermediate.int_customers_identified group by customer_key)"
        ).fetchall()[0]
        (events,) = connection.execute(
            "select count(*) from subject.fct_identity_events"
        ).fetchall()[0]
    return {model: times[model] for model in MODELS}, {
        "peak memory, MiB": peak.mib,
        "customers": customers,
        "accounts of the largest customer": largest,
        "merges and splits": events,
    }


if __name__ == "__main__":
    sys.exit(main())
