"""What Python learns of customers, and what SQL makes of it."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import clv_reference as reference
import duckdb
import learned_models
import numpy as np
import pyarrow as pa
import pytest
from compiled_marts import compile_marts

UNTIL = date(2025, 6, 30)
SCORED = {"rfm": ["rfm_cluster_centroids", "rfm_clusters"], "clv": ["clv_parameters"]}
SCORED["clv"] += ["clv_customers", "clv_backtest"]
# CDNOW as published; nearly everybody leaves or nobody does; a + b below 1; a beyond 1.
PARAMETERS = [
    (0.243, 4.414, 0.793, 2.426),
    (1.2, 9.0, 0.35, 0.5),
    (0.6, 30.0, 4.2, 30.0),
    (2.5, 2.0, 0.05, 0.9),
]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Mart → its SQL."""
    themes = {name: theme for theme, marts in SCORED.items() for name in marts}
    return compile_marts(tmp_path_factory.mktemp("compiled"), themes)


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse")
        connection.execute("use warehouse")
        connection.execute("create schema thematic")
        connection.execute(
            "create table thematic.clv_histories (history_name varchar, customer_key varchar,"
            " until_date date, first_purchase_date date, last_purchase_date date,"
            " repeat_days integer, recency_days integer, age_days integer,"
            " valued_repeat_days integer, revenue_amount decimal(28, 4),"
            " repeat_revenue_amount decimal(28, 4), later_span_days integer,"
            " later_purchase_days integer, later_revenue_amount decimal(28, 4))"
        )
        connection.execute(
            "create table thematic.rfm_customers (customer_key varchar, as_of_date date,"
            " last_purchase_date date, recency_days integer, purchase_occasions integer,"
            " net_revenue_amount decimal(28, 4))"
        )
        yield connection


def fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    columns = zip(*rows, strict=True)
    connection.register("rows", pa.table({str(n): list(one) for n, one in enumerate(columns)}))
    connection.execute(f"insert into thematic.{table} select * from rows")
    connection.unregister("rows")


def score(connection: duckdb.DuckDBPyConnection, compiled: dict[str, str], theme: str) -> None:
    """Learn, and build the marts of a theme upon it."""
    learned = {"rfm": "int_rfm_clusters_fitted", "clv": "int_clv_models_fitted"}
    learned_models.build(connection, learned[theme])
    for name in SCORED[theme]:
        connection.execute(f"create or replace table thematic.{name} as {compiled[name]}")


def make_histories(
    customers: int, parameters: tuple, first: int = 0, later: int = 0, seed: int = 7
) -> list[tuple]:
    """Rows of clv_histories: random customers of a model, the same in both histories' names."""
    rng = random.Random(seed)
    rows = []
    for number in range(customers):
        age = rng.randrange(7, 700)
        days = reference.simulate(rng, *parameters, first, age + later + 1)
        bought = [day for day in days if day <= age]
        start = UNTIL - timedelta(age)
        last = bought[-1] if bought else 0
        mean = rng.gammavariate(4, 10)
        spent = round(sum(rng.gammavariate(6, mean / 6) for _ in bought), 2)
        dates = (UNTIL, start, start + timedelta(last), len(bought), last, age, len(bought))
        rows.append((f"c{number:05}", *dates, spent + 10, spent, later, len(days) - len(bought), 0))
    return [(name, *row) for name in ("forecast", "backtest") for row in rows]


def published_counts() -> dict[str, np.ndarray]:
    """CDNOW's first 39 weeks: how many customers have which history."""
    with (Path(__file__).parent / "cdnow_counts.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    return {column: np.array([float(row[column]) for row in rows]) for column in rows[0]}


def test_cdnow_gives_the_published_parameters() -> None:
    model, counts = learned_models.load("int_clv_models_fitted"), published_counts()
    customers = counts["customers"]
    assert customers.sum() == 2357
    history = (counts["repeat_days"], counts["recency_weeks"], counts["age_weeks"], customers)
    found, log_likelihood, why_not = model.fit_purchases(*history, may_leave_at_once=False)
    assert found == pytest.approx([0.243, 4.414, 0.793, 2.426], rel=0.01)
    assert log_likelihood == pytest.approx(-9582.43, abs=0.01)
    assert why_not is None
    spent = counts["average_spend"] > 0
    spend = (counts[name][spent] for name in ("repeat_days", "average_spend", "customers"))
    assert model.fit_spend(*spend)[0] == pytest.approx([6.25, 3.74, 15.45], rel=0.01)


@pytest.mark.parametrize("first", [0, 1], ids=["bg_nbd", "mbg_nbd"])
def test_no_parameters_nearby_are_likelier(first: int) -> None:
    model = learned_models.load("int_clv_models_fitted")
    rows = make_histories(400, (0.6, 6.0, 0.8, 2.4), first)[:400]
    seen = [(row[5], row[6] / 7, row[7] / 7) for row in rows]
    arrays = [np.array(column, dtype=float) for column in zip(*seen, strict=True)]
    found, log_likelihood, _ = model.fit_purchases(*arrays, np.ones(400), bool(first))

    def likelihood(parameters: list[float]) -> float:
        return sum(reference.purchases_log_likelihood(*one, *parameters, first) for one in seen)

    assert likelihood(found) == pytest.approx(log_likelihood, rel=1e-6)
    for place in range(4):
        for factor in (0.97, 1.03):
            nearby = [value * factor if n == place else value for n, value in enumerate(found)]
            assert likelihood(nearby) < likelihood(found)


def test_no_spend_parameters_nearby_are_likelier() -> None:
    model = learned_models.load("int_clv_models_fitted")
    rows = [row for row in make_histories(800, (1.5, 6.0, 0.8, 2.4))[:800] if row[5]]
    seen = [(row[5], float(row[10]) / row[5]) for row in rows]
    days, average = (np.array(column, dtype=float) for column in zip(*seen, strict=True))
    found, log_likelihood, _ = model.fit_spend(days, average, np.ones(len(seen)))

    def likelihood(parameters: list[float]) -> float:
        return sum(reference.spend_log_likelihood(*one, *parameters) for one in seen)

    assert likelihood(found) == pytest.approx(log_likelihood, rel=1e-6)
    for place in range(3):
        for factor in (0.97, 1.03):
            nearby = [value * factor if n == place else value for n, value in enumerate(found)]
            assert likelihood(nearby) < likelihood(found)


def keep_parameters(connection: duckdb.DuckDBPyConnection, parameters: tuple, model: str) -> None:
    """clv_parameters with these for purchases, BG/NBD among them only when it is the model."""
    connection.execute(
        "create table thematic.clv_parameters (history_name varchar, model_name varchar,"
        " parameter_r double, parameter_alpha_weeks double, parameter_a double, parameter_b double,"
        " parameter_p double, parameter_q double, parameter_v double, missing_reason varchar)"
    )
    nothing = [None] * 4
    bg_nbd = [*parameters, *nothing] if model == "bg_nbd" else [*nothing, *nothing[1:], "none"]
    for name in ("forecast", "backtest"):
        rows = [
            (name, "bg_nbd", *bg_nbd),
            (name, "mbg_nbd", *parameters, *nothing),
            (name, "gamma_gamma", *nothing, 6.25, 3.74, 15.45, None),
        ]
        fill(connection, "clv_parameters", rows)


@pytest.mark.parametrize("parameters", PARAMETERS, ids=str)
@pytest.mark.parametrize(("model", "first"), [("bg_nbd", 0), ("mbg_nbd", 1)])
def test_scores_equal_the_formulas_of_the_papers(
    warehouse, compiled, parameters, model, first
) -> None:
    rows = make_histories(150, (0.9, 5.0, 0.8, 2.4), later=91)
    fill(warehouse, "clv_histories", rows)
    keep_parameters(warehouse, parameters, model)
    scored = {
        row[0]: row[1:]
        for row in warehouse.execute(
            "select customer_key, purchase_model_name, alive_rate, expected_purchase_days,"
            f" expected_day_amount from ({compiled['clv_customers']})"
        ).fetchall()
    }
    assert len(scored) == 150
    in_quarter = 0.0
    for _, key, _, _, _, x, recency, age, valued, _, spent, *_ in rows[:150]:
        seen = (x, recency / 7, age / 7)
        year = reference.expected_purchases(*seen, *parameters, first, 365 / 7)
        day = 6.25 * (15.45 + float(spent)) / (6.25 * valued + 3.74 - 1)
        assert scored[key][0] == model
        assert float(scored[key][1]) == pytest.approx(
            reference.alive(*seen, *parameters, 1), abs=1e-6
        )
        assert float(scored[key][2]) == pytest.approx(year, rel=1e-6, abs=1e-6)
        assert float(scored[key][3]) == pytest.approx(day, abs=1e-4)
        in_quarter += reference.expected_purchases(*seen, *parameters, first, 91 / 7)
    total = warehouse.execute(
        f"select sum(expected_purchase_days) from ({compiled['clv_backtest']})"
    ).fetchone()[0]
    assert float(total) == pytest.approx(in_quarter, rel=1e-6)


def test_the_future_of_simulated_customers_is_forecast(warehouse, compiled) -> None:
    truth = (0.8, 6.0, 1.2, 3.5)
    rows = make_histories(2500, truth, later=180)
    fill(warehouse, "clv_histories", rows)
    score(warehouse, compiled, "clv")
    found = warehouse.execute(
        "select parameter_r, parameter_alpha_weeks, parameter_a / (parameter_a + parameter_b)"
        " from thematic.clv_parameters where model_name = 'bg_nbd' and history_name = 'backtest'"
    ).fetchone()
    # Two purchases on a day are one, so rates come out a little low.
    assert [float(value) for value in found] == pytest.approx([0.8, 6.0, 1.2 / 4.7], rel=0.15)
    expected, happened, same_pace = warehouse.execute(
        "select sum(expected_purchase_days), sum(actual_purchase_days),"
        " sum(same_pace_purchase_days) from thematic.clv_backtest"
    ).fetchone()
    # What some 2,000 purchases, most of them by few customers, scatter by.
    assert float(expected) == pytest.approx(happened, rel=0.08)
    # Who forgets that customers leave is far off.
    assert float(same_pace) > 1.5 * happened


def test_customers_who_never_leave_teach_no_leaving(warehouse, compiled) -> None:
    """The placebo: where there is nothing to learn, nothing is told."""
    fill(warehouse, "clv_histories", make_histories(600, (1.0, 8.0, 0, 1), later=1))
    score(warehouse, compiled, "clv")
    fits = warehouse.execute(
        "select model_name, parameter_r, log_likelihood, missing_reason"
        " from thematic.clv_parameters where history_name = 'forecast'"
        " and model_name <> 'gamma_gamma' order by model_name"
    ).fetchall()
    assert [name for name, *_ in fits] == ["bg_nbd", "mbg_nbd"]
    for _, r, log_likelihood, why_not in fits:
        assert (r, log_likelihood) == (None, None)
        assert "ran to a limit" in why_not or "did not converge" in why_not
    assert warehouse.execute(
        "select count(*), count(expected_purchase_days), count(alive_rate),"
        " count(expected_revenue_amount), count(missing_reason) from thematic.clv_customers"
    ).fetchone() == (600, 0, 0, 0, 600)


@pytest.mark.parametrize("customers", [199, 200])
@pytest.mark.parametrize("came_back", [49, 50])
def test_too_few_customers_teach_nothing(customers: int, came_back: int) -> None:
    why_not = learned_models.load("int_clv_models_fitted").too_few(customers, came_back)
    assert (why_not is None) == (customers == 200 and came_back == 50)


def make_customers(seed: int = 3) -> list[tuple]:
    """Rows of rfm_customers in five groups, from the most money to the least."""
    rng = random.Random(seed)
    groups = [(10, 12, 5000), (200, 5, 1500), (20, 4, 300), (400, 1, 60), (5, 1, 0)]
    return [
        (
            f"{number}-{place:03}",
            UNTIL,
            UNTIL - timedelta(recency),
            recency,
            max(1, round(occasions * rng.uniform(0.9, 1.1))),
            round(money * rng.uniform(0.9, 1.1), 2),
        )
        for number, (days, occasions, money) in enumerate(groups, start=1)
        for place in range(60)
        for recency in [round(days * rng.uniform(0.9, 1.1))]
    ]


def clusters_of(connection, compiled, rows: list[tuple]) -> list[tuple]:
    connection.execute("delete from thematic.rfm_customers")
    fill(connection, "rfm_customers", rows)
    score(connection, compiled, "rfm")
    return connection.execute(
        "select customer_key, cluster_number from thematic.rfm_clusters order by customer_key"
    ).fetchall()


def test_planted_groups_are_found_and_numbered_by_money(warehouse, compiled) -> None:
    found = clusters_of(warehouse, compiled, make_customers())
    assert len(found) == 300
    assert [(key, number) for key, number in found if key[0] != str(number)] == []


def test_the_order_of_rows_changes_nothing(warehouse, compiled) -> None:
    rows, results = make_customers(seed=8), []
    # Without groups, where a start that moved would end elsewhere.
    rows = [
        (f"c{n:04}", row[1], row[2], n * 37 % 401, 1 + n * 7 % 9, n * 911 % 5003)
        for n, row in enumerate(rows)
    ]
    histories = make_histories(400, (0.8, 6.0, 1.2, 3.5), later=1)
    for seed in (1, 2):
        random.Random(seed).shuffle(rows)
        random.Random(seed).shuffle(histories)
        warehouse.execute("delete from thematic.clv_histories")
        fill(warehouse, "clv_histories", histories)
        score(warehouse, compiled, "clv")
        clusters = clusters_of(warehouse, compiled, rows)
        tables = ("rfm_cluster_centroids", "clv_parameters", "clv_customers", "clv_backtest")
        results.append(
            [clusters]
            + [
                warehouse.execute(f"select * from thematic.{table} order by all").fetchall()
                for table in tables
            ]
        )
    assert results[0] == results[1]


def test_every_customer_is_in_the_nearest_cluster_and_every_centre_in_the_middle(
    warehouse, compiled
) -> None:
    rng = random.Random(5)
    rows = [
        (f"c{n:04}", UNTIL, UNTIL, rng.randrange(400), rng.choice([1, 1, 1, 2, 5]), money)
        for n in range(500)
        for money in [round(rng.lognormvariate(5, 1.5), 2) - 20]
    ]
    found = dict(clusters_of(warehouse, compiled, rows))
    fits = warehouse.execute(
        "select * from intermediate.int_rfm_clusters_fitted order by cluster_number"
    ).fetchnumpy()
    values = ("recency", "frequency", "monetary")
    means, deviations, centers = (
        np.array([fits[f"{value}_{kind}"].astype(float) for value in values]).T
        for kind in ("mean", "deviation", "center")
    )
    logs = np.array([(np.log1p(r[3]), np.log(r[4]), np.log1p(max(r[5], 0))) for r in rows])
    points = (logs - means[0]) / deviations[0]
    near = ((points[:, None, :] - centers) ** 2).sum(axis=2)
    assert [found[row[0]] for row in rows] == (near.argmin(axis=1) + 1).tolist()
    assert fits["mean_squared_distance"][0] == pytest.approx(near.min(axis=1).mean(), abs=0.02)
    for number in range(1, 6):
        middle = points[near.argmin(axis=1) == number - 1].mean(axis=0)
        # Customers who differ by less than a tenth were one point, and may be split here.
        assert centers[number - 1] == pytest.approx(middle, abs=0.05)


@pytest.mark.parametrize(
    ("rows", "why_not"),
    [
        (make_customers()[:199], "fewer than 200 customers"),
        # The placebo: all alike.
        (
            [(f"c{n}", UNTIL, UNTIL, 3, 1, 50) for n in range(300)],
            "fewer than 5 kinds of customers",
        ),
    ],
    ids=["few", "alike"],
)
def test_where_there_are_no_groups_there_are_no_clusters(
    warehouse, compiled, rows, why_not
) -> None:
    assert {number for _, number in clusters_of(warehouse, compiled, rows)} == {None}
    assert warehouse.execute(
        "select cluster_number, customers, missing_reason from thematic.rfm_cluster_centroids"
    ).fetchall() == [(None, len(rows), why_not)]
