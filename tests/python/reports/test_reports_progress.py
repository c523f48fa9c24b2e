"""Goals as bars, units by row, legends, and what is said where a figure is unknown."""

import duckdb
import fastexcel
import pytest
from page_browser import card, opened
from tiny_boards import write_file

from reports.render import render

BOARD = """
place: 1
title: {en: Goals, zh: 目标}
about: {en: How far they are., zh: 完成情况。}
queries:
  goals:
    mart: subject.fct_goals
    dimensions:
      metric: {en: Goal, zh: 目标}
      state:
        en: State
        zh: 状态
        values: {behind: {en: Behind, zh: 落后}, no_goal: {en: No goal, zh: 未设目标}}
    measures:
      reached: &by_row
        {en: Reached, zh: 完成, unit_from: unit, value: reached, about: {en: So far., zh: 至今。}}
      goal: {<<: *by_row, en: Goal, value: goal}
      expected: {<<: *by_row, en: By now, value: expected}
      at_end: {<<: *by_row, en: At the end, value: at_end}
      added: &added
        {en: Added, zh: 相加, unit: count, sum: reached, about: {en: Added up., zh: 相加。}}
      nothing: {<<: *added, en: Nothing, zh: 空值, sum: nothing}
      rate: {<<: *added, en: Rate, unit: rate, per: zero}
charts:
  - title: {en: Bars, zh: 进度}
    kind: progress
    query: goals
    by: [metric, state]
    measures: [reached, goal, expected, at_end]
  - title: {en: Rows, zh: 明细}
    kind: table
    query: goals
    by: metric
    measures: [reached, goal]
  - title: {en: Names, zh: 图例}
    kind: bar
    query: goals
    by: state
    split: metric
    measures: [added]
  - title: {en: Steps, zh: 步骤}
    kind: waterfall
    query: goals
    measures: [added, nothing]
    totals: [added]
  - title: {en: Rates, zh: 比率}
    kind: line
    query: goals
    by: metric
    measures: [rate]
"""
SQL = """
select metric, state, unit, reached, goal, expected, at_end, nothing, zero
from subject.fct_goals
order by place
"""
MANY = [f"A name that is rather long, number {number}" for number in range(9)]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("progress")
    (folder / "boards" / "goals").mkdir(parents=True)
    (folder / "boards" / "goals.yml").write_text(BOARD, encoding="utf-8")
    (folder / "boards" / "goals" / "goals.sql").write_text(SQL)
    file = write_file(folder / "warehouse.duckdb")
    with duckdb.connect(str(file)) as con:
        con.execute("""
            create table subject.fct_goals (
                place integer, metric varchar, state varchar, unit varchar, reached decimal(28, 6),
                goal decimal(28, 6), expected decimal(28, 6), at_end decimal(28, 6),
                nothing decimal(28, 6), zero decimal(28, 6));
            insert into subject.fct_goals values
                (1, 'Revenue', 'behind', 'money', 250, 1000, 500, 500, null, 0),
                (2, 'Refund rate', 'behind', 'rate', 0.08, 0.05, 0.05, 0.08, null, 0),
                (3, 'Orders', 'no_goal', 'count', 7, null, null, 14, null, 0);
        """)
        for number, name in enumerate(MANY):
            con.execute(
                "insert into subject.fct_goals values"
                " (?, ?, 'no_goal', 'count', 1, null, null, null, null, 0)",
                [10 + number, name],
            )
    render(file, folder / "pages", folder / "boards")
    return folder / "pages" / "index.html"


def test_a_goal_has_a_bar_a_mark_and_its_state_in_words(browser, page_file):
    with opened(browser, page_file) as page:
        lines = card(page, "Bars").locator(".goals li")
        assert lines.nth(0).inner_text().replace("\n\n", "\n").split("\n") == [
            "Revenue",
            "Behind",
            "¥250.00 of ¥1,000.00, expected by now ¥500.00, at this pace ¥500.00 at the end",
        ]
        assert lines.nth(0).locator(".track b").get_attribute("style") == "width: 25%"
        assert lines.nth(0).locator(".track i").get_attribute("style") == "left: 50%"
        # Above its limit: the bar is full, and no mark stands at its end.
        assert lines.nth(1).inner_text().endswith("8.0% of 5.0%")
        assert lines.nth(1).locator(".track b").get_attribute("style") == "width: 100%"
        assert lines.nth(1).locator(".track i").count() == 0
        # Without a goal there is no bar, but what is reached.
        assert lines.nth(2).inner_text().replace("\n\n", "\n").split("\n")[1:] == [
            "No goal",
            "7, at this pace 14 at the end",
        ]
        assert lines.nth(2).locator(".track").count() == 0


def test_values_have_the_unit_of_their_row_also_in_excel(browser, page_file):
    with opened(browser, page_file) as page:
        rows = card(page, "Rows").locator("tbody tr")
        told = [row.split("\t")[1:] for row in rows.all_inner_texts()[:3]]
        assert told == [["¥250.00", "¥1,000.00"], ["8.0%", "5.0%"], ["7", "–"]]
        with page.expect_download() as download:
            card(page, "Rows").get_by_role("button", name="Save as Excel").click()
        sheet = fastexcel.read_excel(download.value.path()).load_sheet(0).to_arrow()
    assert sheet.column(1).to_pylist()[:3] == [250, 0.08, 7]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_legend_has_all_its_names_above_the_bars(browser, page_file, size):
    with opened(browser, page_file, size=size) as page:
        names = card(page, "Names")
        said = names.locator("svg text").all_text_contents()
        assert [name for name in MANY if name not in said] == []
        box = names.locator("svg").bounding_box()
        lowest = max(
            names.locator("svg text", has_text=name).first.bounding_box()["y"] for name in MANY
        )
        highest_of_axis = min(
            one.bounding_box()["y"]
            for one in names.locator("svg text").all()
            if one.text_content() in ("300", "250")
        )
        assert lowest + 8 < highest_of_axis < box["y"] + box["height"]


def test_an_unknown_step_has_no_bar_and_is_named(browser, page_file):
    with opened(browser, page_file) as page:
        steps = card(page, "Steps")
        assert steps.locator(".unknown").inner_text() == "Unknown here, so without a bar: Nothing."
        assert "–" not in steps.locator("svg text").all_text_contents()
        # Drawn again, it is said once.
        page.locator("#theme").click()
        assert steps.locator(".unknown").count() == 1


def test_a_chart_of_unknown_figures_says_so(browser, page_file):
    with opened(browser, page_file) as page:
        said = card(page, "Rates").locator(".body").inner_text()
    assert said == "Unknown: subject.fct_goals has rows, but none that tells this."
