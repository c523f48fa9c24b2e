"""The registry: each layout is found by its own header, and a changed header can be learned."""

import pytest

from ingest.__main__ import main
from ingest.errors import FileRefused, LandingError
from ingest.exports import layouts as registry
from ingest.exports.layouts import PATTERN, fold, layouts
from ingest.exports.learn import look_at, write_vintage
from ingest.exports.recognition import nearest, position, recognise

# What a pattern of a header name stands for, in one file.
SPELLED = {
    "amazon_ads": ["7 Day Total Orders (#)", "7 Day Total Sales"],
    "meta_ads": ["Amount spent (USD)"],
}


def header_of(name: str) -> list[str]:
    written = [one for one in layouts()[name].header_names() if not one.startswith(PATTERN)]
    return written + SPELLED.get(name, [])


@pytest.mark.parametrize("name", sorted(layouts()))
def test_a_layout_is_known_by_its_own_header(name):
    header = recognise([["", ""], header_of(name)])
    assert (header.layout.name, header.row) == (name, 1)


@pytest.mark.parametrize("name", sorted(layouts()))
def test_without_a_needed_column_it_is_not_that_layout(name):
    lost = {fold(one) for one in layouts()[name].needed[0]}
    rest = [one for one in header_of(name) if fold(one) not in lost]
    try:
        found = recognise([rest]).layout.name
    except FileRefused as refusal:
        assert "nearest layout" in str(refusal)
    else:
        assert found != name


def test_there_are_many_layouts_of_the_first_eight_platforms():
    of_platform = {layout.platform for layout in layouts().values()}
    assert len(layouts()) >= 80
    assert of_platform >= {
        *("taobao", "jd", "pinduoduo", "douyin", "shopify", "amazon", "woocommerce", "weixin_shop"),
    }


def test_names_are_compared_folded():
    assert fold("动帐流水号 （元）") == fold("动账流水号(元)")
    assert position(["ＩＤ", "订单号"], ["订单号"]) == 1
    # A doubled name counts at its first place.
    assert position(["订单号", "分销员", "分销员"], ["分销员"]) == 1


def test_the_header_is_looked_for_in_the_first_forty_rows_only():
    header = header_of("douyin_wallet")
    assert recognise([*([["x"]] * 39), header]).row == 39
    with pytest.raises(FileRefused):
        recognise([*([["x"]] * 40), header])


def test_the_nearest_layout_says_what_was_renamed():
    changed = [name.replace("动账方向", "动账的方向") for name in header_of("douyin_wallet")]
    difference = nearest([changed])
    assert difference.layout.name == "douyin_wallet"
    assert difference.renamed == {"动账方向": "动账的方向"}
    assert nearest([["name", "colour"]]) is None


@pytest.fixture
def own_layouts(tmp_path, monkeypatch):
    """The registry in a folder of its own, so that a vintage is not written into the project."""
    folder = tmp_path / "layouts"
    folder.mkdir()
    for path in registry.LAYOUTS_DIR.glob("*.yml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_a_learned_vintage_is_read_with_the_layout(own_layouts, tmp_path):
    file = tmp_path / "new.csv"
    header = [name.replace("动账方向", "动账的方向") for name in header_of("douyin_wallet")]
    file.write_text(",".join([*header, "新列"]) + "\n", encoding="utf-8")
    seen = look_at(file)
    assert seen.header is None
    path = write_vintage(seen.difference, own_layouts)
    assert path == own_layouts / "vintages" / "douyin_wallet-1.yml"
    learned = layouts(own_layouts)["douyin_wallet"]
    assert learned.spelled(["动账方向"]) == ("动账的方向", "动账方向")
    assert fold("新列") in learned.known
    assert fold("新列") not in layouts()["douyin_wallet"].known


def test_a_renamed_part_of_the_amount_can_be_learned(own_layouts, tmp_path):
    """Without it the file is known, and lands with a warning."""
    file = tmp_path / "new.csv"
    names = header_of("taobao_trade_proceeds")
    assert "退款金额（元）" in names
    header = [name.replace("退款金额（元）", "退款的金额（元）") for name in names]
    file.write_text(",".join(header) + "\n", encoding="utf-8")
    seen = look_at(file)
    assert seen.header is not None
    assert seen.difference.renamed == {"退款金额（元）": "退款的金额（元）"}
    write_vintage(seen.difference, own_layouts)
    learned = layouts(own_layouts)["taobao_trade_proceeds"]
    assert learned.spelled(["退款金额（元）"]) == ("退款的金额（元）", "退款金额（元）")


def test_what_was_lost_cannot_be_learned(own_layouts, tmp_path):
    file = tmp_path / "new.csv"
    header = [name for name in header_of("douyin_wallet") if "动账时间" not in name]
    file.write_text(",".join(header) + "\n", encoding="utf-8")
    with pytest.raises(LandingError, match=r"nothing in the header is like 动账时间"):
        write_vintage(look_at(file).difference, own_layouts)
    assert not (own_layouts / "vintages").exists()


def test_a_layout_that_says_what_it_cannot_is_named(own_layouts):
    path = own_layouts / "douyin_wallet.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kind: money", "kind: coins\ncolour: red"), encoding="utf-8")
    with pytest.raises(
        LandingError, match=r"douyin_wallet\.yml: unknown key colour; kind is 'coins'"
    ):
        layouts(own_layouts)


def test_the_command_says_what_a_file_is(tmp_path, capsys):
    file = tmp_path / "a.csv"
    file.write_text(",".join(header_of("douyin_wallet")) + "\n", encoding="utf-8")
    assert main(["layout", "learn", str(file)]) == 0
    assert "known already: row 1 is the header of douyin_wallet" in capsys.readouterr().out
    file.write_text("name,colour\nann,red\n", encoding="utf-8")
    assert main(["layout", "learn", str(file)]) == 2
    assert "is like no known layout" in capsys.readouterr().err
    assert main(["layout", "learn", str(tmp_path / "none.csv")]) == 2
    assert main(["layout", "list"]) == 0
    assert "amazon_settlement" in capsys.readouterr().out
