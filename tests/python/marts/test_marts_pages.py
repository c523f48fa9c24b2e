"""The project's own boards over the sample brand: right columns, and pages as people see them."""

from collections.abc import Iterator

import duckdb
import pytest
from page_browser import SIZES, card, opened, page_browser
from playwright.sync_api import Browser, Page

from reports.boards import Board, load_boards
from reports.render import check, page_name, render

BOARDS = load_boards()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with page_browser() as launched:
        yield launched


@pytest.fixture(scope="module")
def folder(browser, sample_brand):
    """The pages that the build published beside its file."""
    return sample_brand.folder / "published" / "pages"


def test_every_column_that_a_board_names_exists(sample_brand):
    assert check(sample_brand.published_file)


def test_publication_has_a_page_of_every_board(folder):
    pages = {path.name for path in folder.glob("*.html")}
    assert pages == {page_name(BOARDS, board) for board in BOARDS}
    assert {"echarts.min.js", "echarts.LICENSE.txt"} <= {
        path.name for path in (folder / "assets").iterdir()
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_a_page_opens_in_both_languages(browser, folder, board, size):
    with opened(browser, folder / page_name(BOARDS, board), size=size) as page:
        look_at(page, board, "en")
        page.locator("#language").click()
        look_at(page, board, "zh")


def look_at(page: Page, board: Board, language: str) -> None:
    """Every chart drew something or says why it has nothing; nothing is wider than the screen."""
    assert page.get_by_role("heading", level=1).inner_text() == board.title[language]
    titles = page.locator(".card h2").all_inner_texts()
    assert titles == [chart.title[language] for chart in board.charts]
    drawn = "body => body.querySelector('svg path, tbody tr, .value, .goals, .empty') !== null"
    bodies = page.locator(".card .body")
    assert bodies.evaluate_all(f"bodies => bodies.every({drawn})")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    words = page.inner_text("main")
    assert not [wrong for wrong in ("NaN", "undefined", "Infinity") if wrong in words]


def test_pages_of_empty_marts_say_so(browser, sample_brand, tmp_path):
    file = tmp_path / "empty.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute(f"attach '{sample_brand.published_file}' as published (read_only)")
        con.execute("create schema subject; create schema thematic")
        marts = con.execute("""
            select schema_name || '.' || table_name from duckdb_tables()
            where database_name = 'published'
            union all
            select schema_name || '.' || view_name from duckdb_views()
            where database_name = 'published' and schema_name = 'subject'
        """).fetchall()
        for (mart,) in marts:
            con.execute(f"create table {mart} as from published.{mart} limit 0")
    pages = render(file, tmp_path / "pages")
    with opened(browser, pages[1]) as page:
        assert page.locator(".empty").count() == len(BOARDS[1].charts)


def test_revenue_of_thirty_days_is_that_of_the_mart(browser, folder, sample_brand):
    revenue, orders, shop, shop_revenue = sample_brand.query("""
        with shops as (
            select shop_key, sum(revenue_base_amount) as revenue, sum(order_count) as orders
            from subject.fct_sales_daily cross join subject.dim_as_of_date
            where date_day between as_of_date - 29 and as_of_date group by shop_key
        )
        select sum(revenue), sum(orders), max_by(shop_key, revenue), max(revenue) from shops
    """)[0]
    with opened(browser, folder / "index.html") as page:
        title = "Last 30 days"
        values = card(page, title).locator(".value")
        assert values.nth(0).get_attribute("title") == f"¥{revenue:,.2f}"
        assert values.nth(2).get_attribute("title") == f"{orders:,}"
        page.locator("select[name=shop]").select_option(shop)
        assert values.nth(0).get_attribute("title") == f"¥{shop_revenue:,.2f}"


def test_people_are_shown_by_what_a_shop_knows(browser, folder, sample_brand):
    keys = {key for (key,) in sample_brand.query("select customer_key from subject.dim_customers")}
    for name, titles in {
        "customers": ["Key accounts", "To do tomorrow"],
        "repurchase": ["Overdue, not lost yet"],
    }.items():
        with opened(browser, folder / f"{name}.html") as page:
            assert not [key for key in keys if key in page.content()]
            for title in titles:
                told = card(page, title).inner_text()
                assert "@" not in told


def test_values_of_the_list_for_tomorrow_have_their_units(browser, folder, sample_brand):
    rows = sample_brand.query("""
        select reason_code, measured_value from thematic.customer_actions order by place limit 12
    """)
    with opened(browser, folder / "customers.html") as page:
        told = card(page, "To do tomorrow").locator("tbody tr").all_inner_texts()
    for (reason, value), row in zip(rows, told, strict=True):
        in_days = reason in ("key_account_due", "overdue", "slipping")
        assert row.split("\t")[5].endswith(" days") == in_days, (reason, value, row)


def test_platforms_without_buyers_are_named(browser, folder, sample_brand):
    expected = sample_brand.query("""
        select platform_name, count(account_key) from subject.fct_orders
        inner join subject.dim_platforms using (platform_code)
        where is_valid group by platform_name
    """)
    with opened(browser, folder / "customers.html") as page:
        rows = card(page, "Which platforms name their buyers").locator("tbody tr")
        told = {row.split("\t")[0]: row for row in rows.all_inner_texts()}
    assert told.keys() == {name for name, _ in expected}
    for name, named in expected:
        assert ("None" in told[name]) == (named == 0)


def test_every_query_says_why_it_may_have_no_row():
    silent = [
        f"{board.name}, {query.name}"
        for board in BOARDS
        for query in board.queries.values()
        if query.empty is None
    ]
    assert silent == []


def test_segments_are_those_of_the_mart(browser, folder, sample_brand):
    expected = sample_brand.query("""
        select segment_name_zh, customers from thematic.rfm_segment_summary
        order by net_revenue_amount desc nulls last, segment_code
    """)
    with opened(browser, folder / "customers.html", "zh") as page:
        rows = card(page, "RFM 分层明细").locator("tbody tr").all_inner_texts()
    assert [tuple(row.split("\t")[:2]) for row in rows] == [
        (name, f"{customers:,}") for name, customers in expected
    ]
