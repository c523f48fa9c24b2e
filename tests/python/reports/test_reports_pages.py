"""A page in a real browser: numbers, filters, search, files, languages, a phone, no rows."""

import csv
import io

import fastexcel
import pytest
from page_browser import card, opened
from tiny_boards import LONG_ID, ONE_SHOP, ROWS, SHOP, write_boards, write_file

from reports.render import render


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The page of: all rows, of none, of one shop."""
    folder = tmp_path_factory.mktemp("pages")
    boards = write_boards(folder / "boards")
    for name, rows in {"all": ROWS, "none": "", "one": ONE_SHOP}.items():
        render(write_file(folder / f"{name}.duckdb", rows), folder / name, boards)
    return {name: folder / name / "index.html" for name in ("all", "none", "one")}


def tiles(page, title):
    return card(page, title).locator(".value").all_inner_texts()


def saved(page, button, title):
    with page.expect_download() as download:
        card(page, title).get_by_role("button", name=button).click()
    return download.value


def test_numbers_are_those_of_the_rows(browser, pages):
    with opened(browser, pages["all"]) as page:
        assert tiles(page, "In short") == ["¥1T", "0.0%", "1.3 min"]
        exact = card(page, "In short").locator(".value").first.get_attribute("title")
        assert exact == "¥1,000,000,000,400.75"
        assert card(page, "In short").locator(".change").inner_text().endswith("before: ¥6.00")


def test_a_filter_moves_sums_and_ratios_and_says_what_it_cannot_move(browser, pages):
    with opened(browser, pages["all"]) as page:
        page.locator("select[name=platform]").select_option("mall")
        assert tiles(page, "In short") == ["¥300.00", "0.0%", "–"]
        assert tiles(page, "Buyers") == ["3"]
        unmoved = card(page, "Buyers").locator(".moved")
        assert unmoved.inner_text() == "Not moved by: Platform, Shop, Period"
        assert "active" in unmoved.get_attribute("class")
        shops = page.locator("select[name=shop]").locator("option").all_inner_texts()
        assert shops == ["All shops", "Second"]
        page.get_by_role("button", name="Reset").click()
        page.locator("select[name=preset]").select_option("custom")
        page.locator("input[name=from]").fill("2026-01-02")
        page.locator("input[name=to]").fill("2026-01-02")
        assert tiles(page, "In short") == ["¥400.50", "12.5%", "–"]
        page.locator("input[name=from]").fill("2026-01-03")
        page.locator("input[name=to]").fill("2026-01-03")
        said = card(page, "By day").locator(".body").inner_text()
        assert said == "No data for this choice of filters."


def test_the_choice_goes_along_to_another_page(browser, pages):
    with opened(browser, pages["all"]) as page:
        page.locator("select[name=platform]").select_option("mall")
        page.get_by_role("link", name="Sales").click()
        page.wait_for_selector(".value")
        assert tiles(page, "In short")[0] == "¥300.00"
        assert page.locator("select[name=platform]").input_value() == "mall"


def test_languages_and_themes(browser, pages):
    with opened(browser, pages["all"], "zh") as page:
        assert page.get_by_role("heading", level=1).inner_text() == "销售"
        assert tiles(page, "概要") == ["¥1万亿", "0.0%", "1.3 分钟"]
        assert "红" in card(page, "订单").inner_text()
        assert card(page, "订单").inner_text().count("–") == 3
        page.get_by_role("button", name="Switch to English").click()
        assert page.title() == "Sales"
        assert "blue" in card(page, "Orders").inner_text()
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.get_by_role("button", name="Dark or light").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_tables_are_searched_and_sorted(browser, pages):
    with opened(browser, pages["all"]) as page:
        orders = card(page, "Orders")
        assert orders.locator("tbody tr").count() == 4
        # Names are text, not markup.
        assert SHOP in orders.inner_text()
        heading = orders.get_by_role("columnheader", name="Revenue")
        heading.get_by_role("button").click()
        first = orders.locator("tbody td:first-child").all_inner_texts()
        # The largest first, what is not known last.
        assert first == [LONG_ID, "=1+1", "00002", "00004"]
        assert heading.get_attribute("aria-sort") == "descending"
        heading.get_by_role("button").click()
        assert orders.locator("tbody td:first-child").all_inner_texts()[-1] == "00004"


def test_csv_has_a_mark_ids_as_sent_and_no_formula(browser, pages):
    with opened(browser, pages["all"]) as page:
        text = saved(page, "Save as CSV", "Orders").path().read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert rows[0] == ["Order", "Shop", "Colour", "Revenue", "Refund rate"]
    assert rows[1] == ["00002", SHOP, "blue", "100.5", "0.5"]
    assert rows[2] == ["00004", "Second", "", "", ""]
    assert rows[3] == [LONG_ID, SHOP, "red", "1000000000000.25", "0"]
    assert rows[4][0] == "'=1+1"


def test_excel_keeps_long_ids_and_numbers(browser, pages):
    with opened(browser, pages["all"]) as page:
        download = saved(page, "Save as Excel", "Orders")
        assert download.suggested_filename == "sales-Orders.xlsx"
        sheet = fastexcel.read_excel(download.path()).load_sheet(0).to_arrow().to_pylist()
    assert [row["Order"] for row in sheet] == ["00002", "00004", LONG_ID, "=1+1"]
    assert [row["Revenue"] for row in sheet] == [100.5, None, 1000000000000.25, 300]
    assert sheet[0]["Shop"] == SHOP


def test_a_chart_shows_its_numbers_as_a_table(browser, pages):
    with opened(browser, pages["all"]) as page:
        by_day = card(page, "By day")
        assert by_day.locator("svg").count() == 1
        by_day.get_by_role("button", name="Table").click()
        assert by_day.locator("tbody tr").all_inner_texts()[1].split() == ["2026-01-02", "¥400.50"]
        by_day.get_by_label("What the numbers mean").click()
        meaning = by_day.locator(".meaning").inner_text()
        assert "Revenue (money)" in meaning
        assert "What was sold. subject.fct_sales" in meaning


def test_empty_marts_say_why(browser, pages):
    with opened(browser, pages["none"]) as page:
        assert card(page, "By day").locator(".body").inner_text() == (
            "No data: subject.fct_sales gives no row for this. No order has landed."
        )
        assert "Nothing was ever bought." in page.locator(".heading").inner_text()


def test_one_shop_on_a_phone_fits(browser, pages):
    with opened(browser, pages["one"], size="phone") as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator("select[name=shop]").locator("option").count() == 2


def test_paper_is_light_and_narrow_and_the_screen_comes_back(browser, pages):
    with opened(browser, pages["all"]) as page:
        page.get_by_role("button", name="Dark or light").click()
        theme = page.evaluate("Reports.theme()")
        drawn = "document.querySelector('.plot svg').getBoundingClientRect().width"
        on_screen = page.evaluate(drawn)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("Reports.theme()") == "light"
        assert 600 < page.evaluate(drawn) <= 700
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert (page.evaluate("Reports.theme()"), page.evaluate(drawn)) == (theme, on_screen)


def test_keys_reach_what_the_mouse_does(browser, pages):
    with opened(browser, pages["all"]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        info = card(page, "By day").locator("summary")
        info.focus()
        page.keyboard.press("Enter")
        assert card(page, "By day").locator(".meaning").is_visible()
        page.keyboard.press("Escape")
        assert not card(page, "By day").locator(".meaning").is_visible()
        assert info.get_attribute("aria-label") == "What the numbers mean"
        platform = page.locator("select[name=platform]")
        platform.focus()
        page.keyboard.press("o")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.name") == "platform"
