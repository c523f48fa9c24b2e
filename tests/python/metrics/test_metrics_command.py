"""`python -m orchestration metric` as a reader uses it."""

import hashlib

import pytest

from orchestration.__main__ import main
from orchestration.metric_definitions import metrics


@pytest.fixture
def ask(warehouse, monkeypatch, capsys):
    """Run the command on the published file: exit code, output, errors."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouse.folder))
    monkeypatch.setenv("SOURCES", ",".join(warehouse.sources))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["metric", *arguments])
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


def test_without_a_name_metrics_are_listed(ask):
    code, out, _ = ask()
    assert code == 0
    for metric in metrics().values():
        assert f"{metric.label} / {metric.label_zh}" in out
        assert metric.about_zh in out


def test_a_figure_is_shown(ask):
    code, out, _ = ask("orders,units,orders", "--by", "month,shop", "--where", "is_online")
    assert code == 0
    assert "orders" in out and "tm01" in out and "st01" not in out


def test_the_published_file_stays_as_it_is(ask, warehouse):
    before = hashlib.sha256(warehouse.published_file.read_bytes()).digest()
    assert ask("revenue")[0] == 0
    assert hashlib.sha256(warehouse.published_file.read_bytes()).digest() == before
    assert [path.name for path in warehouse.published.iterdir()] == ["warehouse.duckdb"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("revenu",), "did you mean revenue"),
        (("GMV",), "did you mean revenue? `make metric` lists them"),
        (("Refund_Rate_Booked",), "did you mean refund_rate_booked"),
        (("复购",), "did you mean repurchase_rate"),
        (("xyzzy",), "`make metric` lists them"),
        (("buyers", "--by", "shop"), "people know no shop"),
        (("revenue", "--by", "topic"), "cannot be split by 'topic', but by day"),
        (("revenue,gross_margin",), "cannot be split by 'margin__currency_code'"),
        (("customers_so_far",), "add a time, such as BY=month"),
        (("revenue", "--where", "colour = 'red'"), "a condition is over metric_time"),
        (("revenue", "--where", "revenue > 5"), "revenue is a metric"),
        (("revenue", "--where", "shop_id = "), "cannot answer"),
        (("revenue", "--where", "{{ Dimension('shop__colour') }} = 1"), "shop__colour"),
    ],
)
def test_what_cannot_be_asked_says_what_can(ask, arguments, message):
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("error: ") and message in err


def test_without_a_publication_it_says_what_to_do(nothing_published, monkeypatch, capsys):
    monkeypatch.setenv("WAREHOUSE_DIR", str(nothing_published))
    assert main(["metric", "revenue"]) == 2
    assert "nothing is published" in capsys.readouterr().err
    assert not nothing_published.exists()
