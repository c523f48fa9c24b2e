"""Boards that are wrong say so in one line, with exit code 1; the project's own are right."""

import pytest
from tiny_boards import BOARD, DAYS, write_boards, write_file

from reports import __main__ as command
from reports import render as rendering
from reports.boards import load_boards
from reports.errors import BoardError
from reports.queries import marts_read
from reports.render import check

GOALS = "kind: progress, query: days, by: [day, colour]"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write_file(tmp_path_factory.mktemp("published") / "warehouse.duckdb")


def test_a_right_board_passes(file, tmp_path):
    assert [board.name for board in check(file, write_boards(tmp_path))] == ["sales"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sum: refunds", "sum: refund", "query days: no column refund; it has day, shop_key"),
        ("sum: refunds", "sum: colour", "query days: colour is varchar, not a number"),
        ("sum: refunds", "summ: refunds", "measure refund_rate: unknown key 'summ'"),
        (
            "about: {en: Sold before., zh: 之前。}",
            "",
            "measure earlier: the key 'about' is missing",
        ),
        ("zh: 分钟, unit: minutes", "zh: 分钟, unit: minute", "unit is 'minute'; it is one of"),
        ("mart: subject.fct_people", "mart: subject.other", "names the mart subject.other"),
        ("kind: bar", "kind: pie", "chart 3: kind is 'pie'; it is one of tiles, line"),
        ("by: day,", "by: week,", "chart 3, query days: no dimension week"),
        ("measures: [buyers]", "measures: [people]", "chart 2, query people: no measure people"),
        ("query: people", "query: persons", "chart 2: there is no query persons"),
        ("before: earlier", "before: later", "measure revenue: no measure later"),
        ("unit: money, before", "unit: money, value: revenue, before", "does not add up"),
        ("kind: tiles, query: people", "kind: heatmap, query: people", "takes 2 to 2 dimensions"),
        ("title: {en: Sales, zh: 销售}", "title: {en: Sales}", "title: the key 'zh' is missing"),
        ("place: 1", "place: [1", "board sales: no YAML"),
        ("unit: count, value", "unit: count, unit_from: x, value", "one of `unit` and `unit_from`"),
        ("unit: money, before", "unit_from: colour, before", "mixed units do not add up"),
        ("kind: bar, query: days, by: day", GOALS, "a progress takes 4 measures: reached, goal"),
    ],
)
def test_a_wrong_board_is_named(file, tmp_path, old, new, message):
    assert old in BOARD
    boards = write_boards(tmp_path, BOARD.replace(old, new, 1))
    with pytest.raises(BoardError) as error:
        check(file, boards)
    assert str(error.value).startswith("board sales")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("day, shop_key", "dya, shop_key", 'query days: Binder Error: Referenced column "dya"'),
        ("order by order_id", "", "query days: ends without `order by`"),
        ("subject.fct_sales", "raw.sales", "reads raw.sales; boards read subject and thematic"),
        ("select", "selec", "query days: Parser Error"),
    ],
)
def test_a_wrong_query_is_named(file, tmp_path, old, new, message):
    assert old in DAYS
    with pytest.raises(BoardError) as error:
        check(file, write_boards(tmp_path, days=DAYS.replace(old, new, 1)))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_query_without_a_chart_and_without_sql_are_named(tmp_path):
    board = BOARD.replace("query: people, measures: [buyers]", "query: days, measures: [revenue]")
    unused = write_boards(tmp_path / "unused", board)
    with pytest.raises(BoardError, match="board sales: no chart uses the query people"):
        load_boards(unused)
    gone = write_boards(tmp_path / "gone")
    (gone / "sales" / "people.sql").unlink()
    with pytest.raises(BoardError, match=r"query people: there is no sales/people\.sql"):
        load_boards(gone)


def test_the_command_says_it_in_one_line(file, tmp_path, monkeypatch, capsys):
    boards = write_boards(tmp_path / "boards", BOARD.replace("sum: refunds", "sum: refund"))
    monkeypatch.setattr(command, "check", lambda path: rendering.check(path, boards))
    assert command.main(["check", "--file", str(file)]) == 1
    assert capsys.readouterr().err.startswith("error: board sales, query days: no column refund;")
    assert command.main(["render", "--file", str(tmp_path / "none.duckdb")]) == 1
    assert "run `make build` first" in capsys.readouterr().err
    assert command.main(["render", "--file", str(file), "--board", "nothing"]) == 1
    assert "there is no board nothing; there are overview, " in capsys.readouterr().err


def test_a_missing_library_says_what_installs_it(file, tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "NODE_MODULES", tmp_path / "none")
    with pytest.raises(BoardError, match="lacks ECharts"):
        rendering.render(file, tmp_path / "out", write_boards(tmp_path / "boards"))


def test_a_publication_does_not_wait_for_the_library(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(rendering, "NODE_MODULES", tmp_path / "none")
    assert rendering.renderer() is None
    assert capsys.readouterr().err.startswith("warning: no pages: ")
    for source in rendering.LIBRARY.values():
        (tmp_path / "none" / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "none" / source).touch()
    assert rendering.renderer() is rendering.render


def test_tables_are_found_and_own_parts_are_none():
    sql = (
        "with days as (select 1 from subject.a), b as (select 2 from days) -- from raw.x\n"
        "select 3 from b join thematic.c on 1=1"
    )
    assert marts_read(sql) == ["subject.a", "thematic.c"]
