"""The documentation site of the sample brand, as people open it: offline, and every part."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_browser import opened, page_browser
from playwright.sync_api import Browser

from orchestration.project import Warehouse
from reports.site.artifacts import built_sources
from reports.site.errors import SiteError

SEALED = {
    "lineage.html?model=model.commerce_warehouse.fct_orders&column=paid_at&parents=2": "paid_at",
    "dbt_docs.html#!/model/model.commerce_warehouse.fct_orders": "One row per order",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with page_browser() as launched:
        yield launched


@pytest.fixture(scope="module")
def site(sample_brand) -> Path:
    """Built by its command over the brand's working file: no link leads nowhere."""
    finished = sample_brand.run("reports.site")
    assert finished.returncode == 0, finished.stdout
    folder = sample_brand.folder / "site"
    assert f"pages in {folder}: open {folder / 'index.html'}" in finished.stdout
    return folder


def test_the_sources_are_those_of_the_last_build(sample_brand, tmp_path):
    warehouse = Warehouse(folder=sample_brand.folder, sources=("exports",))
    assert set(built_sources(warehouse)) == set(sample_brand.sources.split(","))
    with pytest.raises(SiteError, match="run `make build` first"):
        built_sources(Warehouse(folder=tmp_path))


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize(
    ("address", "en", "zh"),
    [
        ("index.html", "What the warehouse knows", "数据仓库说明"),
        ("themes/trade.html", "Trade", "交易"),
        ("themes/rfm.html", "RFM", "RFM 分层"),
        ("glossary.html", "Glossary", "词汇表"),
        ("relations.html", "Relations", "表关系"),
        ("docs/bi_guide.html", "Guide for people who analyse", "数据分析使用指南"),
        ("docs/layouts.html", None, None),
    ],
)
def test_a_page_opens_in_both_languages(browser, site, address, en, zh, size):
    with opened(browser, site / address, size=size) as page:
        for title in (en, zh):
            if title:
                assert page.locator("h1:visible").inner_text() == title
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            page.locator("#language").click()


def test_a_mart_has_its_meaning_key_origin_relation_question_and_picture(browser, site):
    with opened(browser, site / "themes/trade.html") as page:
        row = page.locator("[id='fct_orders.order_id']")
        assert row.locator("td").all_inner_texts() == [
            "order_id",
            "The source's order id, unique within platform and shop.",
            "string",
            "oms.orders.order_id",
        ]
        assert page.locator("[id='fct_orders.order_key'] strong").inner_text() == "order_key"
        link = page.locator("[id='fct_orders.account_key'] a").first
        assert link.get_attribute("href") == "../themes/customer.html#dim_accounts"
        assert page.locator("svg.erd .own .name", has_text="fct_order_lines").count() == 1
        assert "How much did each shop really sell" in page.locator("main ul").inner_text()
        drawn = "document.querySelector('figure img').naturalWidth"
        page.locator("figure img").scroll_into_view_if_needed()
        page.wait_for_function(f"{drawn} > 1000")


def test_everything_is_searched_in_both_languages(browser, site):
    with opened(browser, site / "themes/rfm.html") as page:
        search = page.locator("#search")
        search.fill("net_revenue_amount fct_orders")
        found = page.locator("#found a")
        found.first.wait_for()
        assert found.first.get_attribute("href").endswith("#fct_orders.net_revenue_amount")
        search.fill("退款率")
        kinds = page.locator("#found a .kind").all_inner_texts()
        assert "metric" in kinds[:3]
        search.fill("客单价")
        assert "客单价" in found.first.inner_text()
        search.fill("rows of one key")
        assert any("rows-of-one-key" in one.get_attribute("href") for one in found.all())
        search.fill("xyzzy")
        assert page.locator("#found").inner_text() == "Nothing found."
        search.fill("purchase occasion")
        search.press("Enter")
        page.wait_for_url("**/glossary.html#purchase_occasion")


def test_the_glossary_is_filtered(browser, site):
    with opened(browser, site / "glossary.html", "zh") as page:
        everything = int(page.locator("#left").inner_text())
        page.locator("#filter").fill("尾款")
        assert 1 <= page.locator(".glossary tbody tr:visible").count() < everything


def test_paper_is_light_and_open(browser, site):
    with opened(browser, site / "themes/trade.html") as page:
        page.locator("#theme").click()
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        assert page.evaluate("document.querySelector('main details').open")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("address", SEALED, ids=["column lineage", "dbt docs"])
def test_the_tools_own_pages_ask_nobody(browser, site, address):
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # A request that the page's rule forbids is told on the console alone.
    page.on("console", lambda said: "//" in said.text and wrong.append(said.text))
    page.on("request", lambda one: wrong.append(one.url))
    page.goto(f"{site.as_uri()}/{address}")
    page.get_by_text(SEALED[address]).first.wait_for()
    context.close()
    assert not [one for one in wrong if "http://" in one or "https://" in one]
