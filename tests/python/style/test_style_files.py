"""Sizes, line lengths and forbidden text of files."""

import re
from pathlib import Path

import pytest

MAX_LINES = {".sql": 120, ".py": 400, ".yml": 400, ".md": 400}
MAX_LINE_LENGTH = 100

# Longer than the rest, each for its reason.
LONGER_ALLOWED = {
    "reports/columns.yml": "a line for every public column",
    "docs/fact_matrix.md": "a table of every fact, written by a command",
    "macros/identity/connected_components.sql": "one algorithm, round after round",
    "models/intermediate/customer/int_member_levels_dated.sql": "two lists that tell the same",
    "models/intermediate/customer/int_receiver_identifiers.sql": "one count of uses, step by step",
    "models/intermediate/logistics/int_stock_days.sql": "a list of columns",
    "models/intermediate/service/messages/int_ticket_messages_measured.sql": "one walk over a chat",
    "models/thematic/basket/basket_pairs.sql": "counts, then five figures of a pair",
    "models/thematic/repurchase/repurchase_products.sql": "three answers about a product",
    "models/intermediate/trade/refunds/int_refunds_settled.sql": "each kind of money a condition",
    "models/staging/exports/stg_exports__orders.sql": "a list of columns",
    "models/intermediate/trade/references/int_references_judged.sql": "a table a line",
    "models/intermediate/trade/money/int_money_movements_linked.sql": "a join a table",
    "models/intermediate/trade/money/int_money_movements_localized.sql": "keys, day and book",
    "models/intermediate/trade/money/int_money_told_again.sql": "one question, and its doubts",
    "models/intermediate/trade/order_lines/int_order_lines_before_refunds.sql": "a list of columns",
    "models/intermediate/trade/orders/int_orders_with_amounts.sql": "a list of columns",
    "models/intermediate/trade/refunds/int_refunds_split_into_goods_and_tax.sql": "step by step",
    "models/intermediate/trade/refunds/int_refunds_allocated_to_lines.sql": "one recursion, uncut",
    "models/intermediate/trade/refunds/int_refund_lines_with_amounts.sql": "a walk over lines",
    "models/intermediate/trade/settlements/int_settlements_localized.sql": "a line: keys and worth",
    "models/subject/logistics/fct_shipments.sql": "a list of columns",
    "models/subject/service/fct_tickets.sql": "a list of columns",
    "models/subject/trade/fct_sales_daily.sql": "three facts by day and the span that they fill",
    "models/thematic/lifecycle/lifecycle_history.sql": "stages from purchases, step by step",
    "models/thematic/lifecycle/lifecycle_paces.sql": "a main category, and what changes it",
    "models/thematic/lifecycle/lifecycle_products.sql": "sums of months, a stage, three troubles",
    "models/thematic/market/market_position.sql": "competitors, ourselves, and both",
    "models/thematic/product/product_audience.sql": "eight dimensions of an order",
    "models/thematic/product/product_feedback.sql": "three kinds of feedback",
    "models/thematic/customer/customer_actions.sql": "reasons, consent, rest, channel, order",
    "models/thematic/key/key_accounts.sql": "who is large, the cycle, the mix",
    "models/thematic/clv/clv_payback.sql": "cohorts, what they earn, what they cost",
    "models/thematic/product/product_months.sql": "sales, reviews and tickets",
    "tests/singular/staging/assert_later_files_leave_no_part_out.sql": "a list of tables",
    "tests/singular/staging/assert_what_was_sent_once_is_all_there.sql": "a list of tables",
}

# A registry's address would tie the project to it; a path of one machine, to that machine.
FORBIDDEN = {
    "the address of a package registry": re.compile(
        r"https?://[^\s\"']*(?:/simple/|artifactory|nexus|/pypi/|registry\.npm|pythonhosted)"
        r"|--(?:extra-)?index-url"
    ),
    "a path of one machine": re.compile(r"(?<![\w.$}~-])/(?:work|home|root|Users|tmp/\w)/\w"),
    "something unfinished": re.compile(r"\b(?:TODO|FIXME|XXX|placeholder)\b"),
}
# These name what is forbidden, or are not ours.
EXEMPT = {"tests/python/style/test_style_files.py", "LICENSE"}
TEXT = {".py", ".sql", ".md", ".yml", ".yaml", ".toml", ".txt", ".in", ".csv", ".cfg", ""}


def _lines(project_dir: Path, path: Path) -> list[str]:
    return (project_dir / path).read_text(encoding="utf-8").splitlines()


def test_no_file_is_too_long(project_dir, project_files):
    too_long = [
        f"{path}: {count} lines, at most {MAX_LINES[path.suffix]}"
        for path in project_files
        if path.suffix in MAX_LINES and str(path) not in LONGER_ALLOWED
        if (count := len(_lines(project_dir, path))) > MAX_LINES[path.suffix]
    ]
    assert not too_long, "\n".join(too_long)


def test_every_exception_is_needed(project_dir):
    needless = [
        path
        for path in LONGER_ALLOWED
        if len(_lines(project_dir, Path(path))) <= MAX_LINES[Path(path).suffix]
    ]
    assert not needless, f"these fit by now, take them off the list: {needless}"


def test_no_line_of_sql_is_too_long(project_dir, project_files):
    folders = {"models", "macros", "packages", "tests", "ingest"}
    too_long = [
        f"{path}:{number}: {len(line)} characters, at most {MAX_LINE_LENGTH}"
        for path in project_files
        if path.suffix == ".sql" and path.parts[0] in folders
        for number, line in enumerate(_lines(project_dir, path), start=1)
        if len(line) > MAX_LINE_LENGTH
    ]
    assert not too_long, "\n".join(too_long)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what, project_dir, project_files):
    found = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in project_files
        if path.suffix in TEXT and str(path) not in EXEMPT
        for number, line in enumerate(_lines(project_dir, path), start=1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("the address of a package registry", "https://pypi.example/simple/duckdb"),
        ("the address of a package registry", "--index-url https://example"),
        ("a path of one machine", "open('/home/somebody/data.csv')"),
        ("something unfinished", "# FIXME later"),
    ],
)
def test_the_check_finds_forbidden_text(what, text):
    assert FORBIDDEN[what].search(text)


@pytest.mark.parametrize("text", ["models/home/x", "$HOME/root/x", "https://example.org/home/a"])
def test_relative_paths_and_addresses_are_not_machine_paths(text):
    assert not FORBIDDEN["a path of one machine"].search(text)
