"""Every row of the thematic marts against plain Python, on random histories and several days."""

import json
import os
import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from graphlib import TopologicalSorter
from pathlib import Path

import basket_reference
import duckdb
import learned_models
import pytest
import thematic_reference as reference
import warm
from thematic_reference import DAY, Facts, Limits

PROJECT = Path(__file__).resolve().parents[3]
FIRST_DAY, LAST_DAY = date(2022, 11, 20), date(2025, 3, 31)
# A month-end, a day inside a month, a leap day's month-end, the day of the first purchases.
AS_OF_DATES = [LAST_DAY, date(2025, 3, 14), date(2024, 2, 29), date(2023, 12, 1), FIRST_DAY]
CATEGORIES = ["coffee", "lamps", "tea"]
PACES = {"*": Limits(), "coffee": Limits(7, 20, 45, 90, 10), "lamps": Limits(60, 200, 400, 700, 60)}
SEEDS = ["rfm_segments", "lifecycle_limits", "lifecycle_stages"]
FOLDERS = ("purchase", "rfm", "repurchase", "lifecycle", "basket", "clv")
# Marts of money are recomputed in tests/python/money, those of products in test_thematic_products.
PATHS = [*(f"thematic/{name}/" for name in FOLDERS), "intermediate/learned/"]
SUBJECT_TABLES = {
    "fct_orders": ["order_key", "account_key", "is_valid", "purchase_date", "revenue_base_amount"],
    "fct_order_lines": [
        *("order_key", "product_key", "quantity", "is_gift", "is_valid", "purchase_date"),
    ],
    "fct_refunds": ["account_key", "booked_date", "refund_base_amount"],
    "bridge_account_customer": ["account_key", "customer_key"],
    "dim_products": ["product_key", "category_1"],
    "dim_as_of_date": ["as_of_date"],
}


def column_type(name: str) -> str:
    """The type that the subject layer gives to a column of this name."""
    kinds = {"_amount": "decimal(18, 4)", "_date": "date", "is_valid": "boolean"}
    kinds |= {"is_gift": "boolean", "quantity": "integer"}
    return next((kind for part, kind in kinds.items() if name.endswith(part)), "varchar")


def make_history(seed: int, customers: int = 160) -> tuple[Facts, dict[str, list[tuple]]]:
    """Random facts, and the rows of the subject tables that say the same and some noise."""
    rng = random.Random(seed)
    facts = Facts()
    rows: dict[str, list[tuple]] = {name: [] for name in SUBJECT_TABLES}
    rows["dim_products"] = [(name, name) for name in CATEGORIES] + [("unnamed", None)]
    rows["dim_as_of_date"] = [(LAST_DAY,)]
    span = (LAST_DAY - FIRST_DAY).days
    order = 0

    def amount() -> Decimal | None:
        # Few values, so that many customers tie; sometimes none at all.
        return None if rng.random() < 0.02 else Decimal(rng.choice([0, 5, 5, 10, 10, 20, 99]))

    for number in range(customers):
        customer = f"c{number:03}"
        accounts = [f"a{number:03}{letter}" for letter in "xy"[: rng.choice([1, 1, 2])]]
        rows["bridge_account_customer"] += [(account, customer) for account in accounts]
        occasions = rng.choice([0, 1, 1, 1, 1, 2, 2, 3, 5, 12])
        day = FIRST_DAY + rng.randrange(span) * DAY if number else FIRST_DAY
        for _ in range(occasions):
            for _ in range(rng.choice([1, 1, 1, 2])):
                order += 1
                value = amount()
                rows["fct_orders"].append(
                    (f"o{order}", rng.choice(accounts), True, day, value),
                )
                facts.purchases.setdefault(customer, []).append((day, value))
                basket: set[str] = set()
                facts.baskets[f"o{order}"] = (customer, day, basket)
                for product in rng.sample([*CATEGORIES, "unnamed"], rng.choice([1, 1, 2, 3])):
                    quantity, is_gift = rng.choice([1, 1, 2]), rng.random() < 0.1
                    rows["fct_order_lines"].append(
                        (f"o{order}", product, quantity, is_gift, True, day),
                    )
                    basket |= set() if is_gift else {product}
                    if product != "unnamed":
                        facts.units.setdefault(customer, []).append((day, product, quantity))
            # The limits themselves and the day after come up often.
            day += rng.choice([0, 1, 20, 21, 30, 31, 45, 46, 90, 91, 180, 181, 365, 366, 400]) * DAY
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            booked = FIRST_DAY + rng.randrange(span + 60) * DAY
            booked, value = rng.choice([booked, booked, *AS_OF_DATES]), amount()
            rows["fct_refunds"].append((rng.choice(accounts), booked, value))
            facts.refunds.setdefault(customer, []).append((booked, value))
        order += 1
        rows["fct_orders"].append((f"o{order}", accounts[0], False, None, Decimal(7)))
        rows["fct_refunds"].append((accounts[0], None, None))
        rows["fct_order_lines"] += [
            (f"o{order}", product, 1, False, False, day) for product in CATEGORIES
        ]
    rows["fct_orders"].append(("nobody", None, True, LAST_DAY, Decimal(1000)))
    rows["fct_refunds"].append((None, LAST_DAY, Decimal(1000)))
    return facts, rows


class Marts:
    """A small warehouse whose thematic marts dbt compiled once, rebuilt for any as-of date."""

    def __init__(self, folder: Path, rows: dict[str, list[tuple]]) -> None:
        self.folder = folder
        self.path = folder / "build" / "warehouse.duckdb"
        self.path.parent.mkdir(parents=True)
        with duckdb.connect(str(self.path)) as connection:
            connection.execute("create schema subject")
            for name, columns in SUBJECT_TABLES.items():
                typed = ", ".join(f"{column} {column_type(column)}" for column in columns)
                connection.execute(f"create table subject.{name} ({typed})")
                marks = ", ".join("?" * len(columns))
                connection.executemany(f"insert into subject.{name} values ({marks})", rows[name])
        self.connection: duckdb.DuckDBPyConnection | None = None
        self.compiled = self.sql_of("build", "--resource-type", "seed", "model")

    def sql_of(self, *arguments: str, variables: dict | None = None) -> dict[str, str]:
        """Model → its SQL as dbt compiles it, each after those that it reads."""
        if self.connection:
            # dbt opens the file, too.
            self.connection.close()
        target = self.folder / "target"
        command = [warm.dbt(), *arguments]
        command += ["--target-path", str(target), "--log-path", str(self.folder / "logs")]
        command += ["--select", *(f"path:models/{path}" for path in PATHS), *SEEDS]
        command += ["--exclude", "lifecycle_products", "clv_first_orders+"]
        if variables:
            command += ["--vars", json.dumps(variables)]
        environment = os.environ | {"WAREHOUSE_DIR": str(self.folder), "DO_NOT_TRACK": "1"}
        environment |= {"DBT_PROFILES_DIR": str(PROJECT / "profiles")}
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        nodes = {
            key: node
            for key, node in json.loads((target / "manifest.json").read_text())["nodes"].items()
            if node["resource_type"] == "model" and node.get("compiled_path")
        }
        order = TopologicalSorter(
            {key: set(node["depends_on"]["nodes"]) & set(nodes) for key, node in nodes.items()}
        )
        return {
            nodes[key]["name"]: (PROJECT / nodes[key]["compiled_path"]).read_text()
            for key in order.static_order()
        }

    def build(
        self,
        as_of: date | None,
        limits: dict[str, Limits] | None = None,
        compiled: dict[str, str] | None = None,
    ) -> Callable[[str], list[tuple]]:
        """Rebuild all marts as of a day; returns a function from SQL to sorted rows."""
        if self.connection:
            self.connection.close()
        self.connection = connection = duckdb.connect(str(self.path))
        connection.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
        connection.execute("update subject.dim_as_of_date set as_of_date = ?", [as_of])
        connection.execute("delete from reference.lifecycle_limits")
        for category, own in (limits or {"*": Limits()}).items():
            connection.execute(
                "insert into reference.lifecycle_limits values (?, ?, ?, ?, ?, ?)",
                [category, own.new, own.active, own.cooling, own.dormant, own.returned],
            )
        for name, sql in (compiled or self.compiled).items():
            if name in learned_models.NAMES:
                learned_models.build(connection, name)
            else:
                connection.execute(f"create or replace table thematic.{name} as {sql}")

        def rows(sql: str) -> list[tuple]:
            return ordered(connection.execute(sql).fetchall())

        return rows


def ordered(rows: list[tuple]) -> list[tuple]:
    """Rows in an order that nulls do not upset."""
    return sorted(rows, key=lambda row: [(value is not None, value) for value in row])


@pytest.fixture(scope="module")
def history() -> tuple[Facts, dict[str, list[tuple]]]:
    return make_history(seed=20240229)


@pytest.fixture(scope="module")
def marts(history: tuple[Facts, dict], tmp_path_factory: pytest.TempPathFactory) -> Marts:
    return Marts(tmp_path_factory.mktemp("warehouse"), history[1])


@pytest.mark.parametrize("as_of", AS_OF_DATES, ids=str)
def test_rfm_scores_equal_plain_python(marts: Marts, history: tuple, as_of: date) -> None:
    rows = marts.build(as_of)
    expected = [(key, *row) for key, row in reference.rfm(history[0], as_of).items()]
    assert expected
    assert rows(
        "select customer_key, recency_days, purchase_occasions, net_revenue_amount,"
        " recency_score, frequency_score, monetary_score from thematic.rfm_customers"
    ) == ordered(expected)
    assert rows(
        "select customer_key, valid_from_date, valid_to_date,"
        " recency_score, frequency_score, monetary_score from thematic.rfm_history"
    ) == ordered(reference.rfm_spells(history[0], as_of, months=13))


def test_rfm_window_ignores_older_purchases(marts: Marts, history: tuple) -> None:
    compiled = marts.sql_of("compile", variables={"rfm_window_months": 6, "rfm_history_months": 8})
    rows = marts.build(LAST_DAY, compiled=compiled)
    expected = reference.rfm(history[0], LAST_DAY, window_months=6)
    assert 0 < len(expected) < len(reference.rfm(history[0], LAST_DAY))
    assert rows(
        "select customer_key, recency_days, purchase_occasions, net_revenue_amount,"
        " recency_score, frequency_score, monetary_score from thematic.rfm_customers"
    ) == ordered([(key, *row) for key, row in expected.items()])
    assert rows(
        "select customer_key, valid_from_date, valid_to_date,"
        " recency_score, frequency_score, monetary_score from thematic.rfm_history"
    ) == ordered(reference.rfm_spells(history[0], LAST_DAY, months=8, window_months=6))


def test_rfm_segments_add_up_to_the_customers(marts: Marts) -> None:
    rows = marts.build(LAST_DAY)
    assert rows(
        "select segment_code, customers, net_revenue_amount"
        " from thematic.rfm_segment_summary where customers > 0"
    ) == rows(
        "select segment_code, count(*), sum(net_revenue_amount)"
        " from thematic.rfm_customers group by segment_code"
    )
    assert rows(
        "select count(*), count(distinct segment_code) from thematic.rfm_segment_summary"
    ) == [(11, 11)]


@pytest.mark.parametrize("as_of", AS_OF_DATES, ids=str)
def test_repurchase_equals_plain_python(marts: Marts, history: tuple, as_of: date) -> None:
    rows = marts.build(as_of)
    assert rows(
        "select cohort_month, months_since_first, cohort_customers, active_customers,"
        " retention_rate, order_count, net_revenue_amount, is_month_complete"
        " from thematic.repurchase_cohorts"
    ) == ordered(reference.cohorts(history[0], as_of))
    assert rows(
        "select purchase_number, customers, repurchased_customers, repurchase_rate,"
        " p25_days, median_days, p75_days from thematic.repurchase_intervals"
    ) == ordered(reference.intervals(history[0], as_of))
    assert rows(
        "select window_name, buyers, repeat_buyers, repurchase_rate from thematic.repurchase_rates"
    ) == ordered(reference.repurchase_rates(history[0], as_of, [30, 90, 180, 365]))
    assert rows(
        "select customer_key, typical_interval_days, interval_basis, expected_next_date,"
        " is_overdue, overdue_days from thematic.repurchase_customers"
    ) == ordered(reference.expectations(history[0], as_of))


@pytest.mark.parametrize("as_of", AS_OF_DATES, ids=str)
def test_baskets_and_hazards_equal_plain_python(marts: Marts, history: tuple, as_of: date) -> None:
    rows = marts.build(as_of)
    assert rows(
        "select purchase_number, days_since_purchase, at_risk_customers, repurchased_customers,"
        " censored_customers, hazard_rate, cast(survival_rate as double),"
        " cast(survival_standard_error as double) from thematic.repurchase_hazard"
    ) == ordered(basket_reference.hazard(history[0], as_of))
    assert rows(
        "select product_key, customers, returning_customers, repurchased_customers, median_days,"
        " next_product_key, next_product_customers from thematic.repurchase_products"
    ) == ordered(basket_reference.after_products(history[0], as_of))
    assert rows(
        "select product_key, other_product_key, pair_orders, product_orders, other_product_orders,"
        " all_orders, support, confidence, lift, cast(lift_low as double)"
        " from thematic.basket_pairs"
    ) == ordered(basket_reference.pairs(history[0], as_of, least=5))


def test_all_four_products_are_pairs_from_either_side(marts: Marts) -> None:
    rows = marts.build(LAST_DAY)
    assert rows("select count(*) from thematic.basket_pairs") == [(12,)]


@pytest.mark.parametrize("limits", [{"*": Limits()}, PACES], ids=["one pace", "category paces"])
@pytest.mark.parametrize("as_of", AS_OF_DATES, ids=str)
def test_lifecycle_equals_plain_python(
    marts: Marts, history: tuple, as_of: date, limits: dict[str, Limits]
) -> None:
    facts = replace(history[0], limits=limits)
    rows = marts.build(as_of, limits)
    spells = "select customer_key, stage, valid_from_date, valid_to_date"
    expected = ordered(reference.spells(facts, as_of))
    assert rows(f"{spells} from thematic.lifecycle_history") == expected
    assert rows(
        "select customer_key, stage, stage_since_date from thematic.lifecycle_customers"
    ) == [(key, stage, start) for key, stage, start, end in expected if end is None]
    assert rows(
        "select month_end_date, from_stage, to_stage, customers, transition_rate"
        " from thematic.lifecycle_transitions where customers > 0"
    ) == ordered(reference.transitions(facts, as_of))
    counted = [
        (end, stage)
        for end, standing in reference.month_end_stages(facts, as_of).items()
        for stage in standing.values()
    ]
    assert rows(
        "select month_end_date, stage, customers from thematic.lifecycle_month_ends"
        " where customers > 0"
    ) == ordered([(*key, counted.count(key)) for key in set(counted)])


@pytest.mark.parametrize("as_of", AS_OF_DATES, ids=str)
def test_clv_histories_equal_plain_python(marts: Marts, history: tuple, as_of: date) -> None:
    rows = marts.build(as_of)
    expected = ordered(reference.clv_histories(history[0], as_of, held_out_days=90))
    assert expected
    assert (
        rows(
            "select history_name, customer_key, until_date, repeat_days, recency_days, age_days,"
            " valued_repeat_days, revenue_amount, repeat_revenue_amount, later_purchase_days,"
            " later_revenue_amount from thematic.clv_histories"
        )
        == expected
    )
    # So few customers teach nothing, and every mart says so.
    for mart in ("rfm_clusters", "rfm_cluster_centroids", "clv_parameters", "clv_customers"):
        assert rows(f"select distinct missing_reason from thematic.{mart}") == [
            ("fewer than 200 customers",)
        ]


def test_every_stage_and_both_category_paces_occur(marts: Marts) -> None:
    rows = marts.build(LAST_DAY, PACES)
    assert rows("select count(distinct stage) from thematic.lifecycle_history") == [(6,)]
    assert rows("select distinct limit_category from thematic.lifecycle_paces") == [
        (name,) for name in sorted(PACES)
    ]


@pytest.mark.parametrize("cut", AS_OF_DATES[1:], ids=str)
def test_a_past_day_is_todays_spells_cut_at_that_day(marts: Marts, cut: date) -> None:
    today = marts.build(LAST_DAY, PACES)(
        "select customer_key, stage, valid_from_date,"
        f" case when valid_to_date < date '{cut}' then valid_to_date end"
        f" from thematic.lifecycle_history where valid_from_date <= date '{cut}'"
    )
    past = marts.build(cut, PACES)(
        "select customer_key, stage, valid_from_date, valid_to_date from thematic.lifecycle_history"
    )
    assert past == today


def test_marts_are_empty_without_purchases(marts: Marts) -> None:
    for day in (None, FIRST_DAY - DAY):
        rows = marts.build(day)
        for name in set(marts.compiled) - set(learned_models.NAMES):
            # A requested day has its segments and windows, without customers.
            empty = {"rfm_segment_summary": 11, "repurchase_rates": 5} if day else {}
            filled = [(empty.get(name, 0),)]
            assert rows(f"select count(*) from thematic.{name}") == filled, name
