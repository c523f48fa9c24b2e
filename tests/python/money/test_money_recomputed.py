"""Files of money, bridge and margin of random movements, computed a second way."""

from decimal import Decimal

import pytest
from money_brand import SHOPS, MoneyBrand, MoneyFile
from movements_reference import (
    CAUSES,
    STEPS,
    Bridge,
    counted,
    is_proved,
    line_fees,
    margins,
    month,
    standing,
)


@pytest.fixture(scope="session")
def as_of(money_step: MoneyBrand):
    ((day,),) = money_step.rows("select as_of_date from subject.dim_as_of_date")
    return day


@pytest.fixture(scope="session")
def files(money_step: MoneyBrand) -> list[MoneyFile]:
    """The files of the three shops."""
    return [file for file in money_step.files if file.book[1] in SHOPS.values()]


def cents(amount: Decimal | None, unit: int = 100) -> int | None:
    if amount is None:
        return None
    assert amount * unit == int(amount * unit)
    return int(amount * unit)


def test_a_later_run_equals_a_full_one(money_step, tmp_path):
    assert money_step.warehouse.differences_to_full_refresh(tmp_path / "full") == []


def test_the_warehouse_s_own_tests_hold(money_step):
    money_step.warehouse.dbt(
        "test", "--exclude-resource-type", "unit_test", "--select", "path:tests/singular/money",
        "path:models/thematic/money", "path:models/thematic/margin", "path:models/thematic/month",
        "path:models/thematic/cash", "fct_money_movements", "fct_money_files", "fct_refund_lines",
        "path:models/intermediate/trade/money", "path:models/staging/exports",
    )  # fmt: skip


def test_every_movement_counts_once_with_its_class_and_order(money_step, files):
    orders = {(SHOPS[order.platform], order.order_id) for order in money_step.orders}
    told = {(file.book, one) for file, one in counted(files)}
    expected = sorted(
        (
            file.book[2],
            one.row_id,
            one.moved,
            one.cents,
            one.money_class,
            (file.book[1], one.order_id) in orders,
            (file.book, one) not in told,
        )
        for file, one in standing(files)
    )
    found = [
        (*row[:3], cents(row[3]), *row[4:])
        for row in money_step.rows(
            "select layout, movement_id, moved_date, amount, money_class_code,"
            " order_key is not null, is_told_elsewhere from subject.fct_money_movements"
            " inner join subject.dim_shops using (shop_key) where shop_id <> 'names'"
        )
    ]
    assert sorted(found) == expected
    assert {row[-1] for row in expected} == {True, False}
    assert {row[4] for row in expected} > {"goods", "deposit", "unexplained"}


def test_files_have_their_totals_and_proofs(money_step, files):
    kept = standing(files)
    expected = []
    for file in files:
        total = sum(one.cents for one in file.movements)
        left = sum(one.cents for where, one in kept if where is file)
        proved = is_proved(file)
        opening = file.movements[0].balance - file.movements[0].cents if proved else None
        closing = file.movements[-1].balance if proved else None
        expected.append((file.book[2], total, total - left, proved, opening, closing))
    found = [
        (layout, cents(total), cents(replaced), proved, cents(opening), cents(closing))
        for layout, total, replaced, proved, opening, closing in money_step.rows(
            "select layout, total_amount, replaced_amount, is_balance_proved,"
            " opening_balance_amount, closing_balance_amount"
            " from subject.fct_money_files"
            " inner join subject.dim_shops using (shop_key) where shop_id <> 'names'"
        )
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert {row[3] for row in expected} == {True, False, None}


def test_the_bridge_is_that_of_the_rules(money_step, files, as_of):
    bridge = Bridge(money_step.orders, files, as_of)
    rows = money_step.rows(
        "select shop_id, month_date, step_code, amount,"
        f" {', '.join(f'{cause}_amount' for cause in CAUSES)}"
        " from thematic.money_bridge inner join subject.dim_shops using (shop_key)"
        " where shop_id <> 'names'"
    )
    assert {row[2] for row in rows} == set(STEPS)
    assert {row[0] for row in rows} == set(SHOPS.values())
    for shop, at, step, told, *causes in rows:
        place = (shop, at, step)
        if step == "bank" and shop not in bridge.told_by_bank:
            assert {told, *causes} == {None}
            continue
        assert cents(told) == bridge.amounts[place], place
        if step != "ordered":
            expected = bridge.causes[place]
            assert {k: cents(v) for k, v in zip(CAUSES, causes, strict=True)} == expected, place
    assert len(rows) == len(STEPS) * len({(row[0], row[1]) for row in rows})
    told = {(row[0], row[1], row[2]) for row in rows}
    assert {place for place, value in bridge.amounts.items() if value} <= told


def test_fees_of_lines_add_up_to_the_digit(money_step, files, as_of):
    expected = {k: v for k, v in line_fees(money_step.orders, files, as_of).items() if v}
    found = {
        (order_id, line, place): cents(fee, 10000)
        for order_id, line, place, fee in money_step.rows(
            "select order_id, line_number, waterfall_place, fee_amount"
            " from thematic.margin_line_fees"
            " inner join subject.fct_order_lines using (order_line_key)"
            " inner join subject.fct_orders using (order_key) where fee_amount <> 0"
        )
    }
    assert found == expected
    assert len({place for *_, place in expected}) > 3


def test_the_waterfall_is_that_of_the_rules(money_step, files, as_of):
    expected = {
        key: (
            *(cell["revenue"], cell["refund"], cell["revenue"] - cell["refund"] + cell["since"]),
            *(cell["insurance"], cell["apart"], cell["cost"]),
            None if cell["cost"] is None else cell["revenue"] - cell["refund"] - cell["cost"],
        )
        for key, cell in margins(money_step.orders, files, as_of).items()
    }
    rows = money_step.rows(
        "select shop_id, sku_id, month_date, revenue_amount, refund_amount, as_first_told_amount,"
        " insurance_amount, apart_amount, cost_amount, cm1_amount"
        " from thematic.margin_waterfall inner join subject.dim_shops using (shop_key)"
        " inner join subject.dim_products using (product_key)"
    )
    assert {row[:3]: tuple(cents(one, 10000) for one in row[3:]) for row in rows} == expected
    assert any(told != revenue - back for revenue, back, told, *_ in expected.values())
    assert any(cost is None for *_, cost, _ in expected.values())


def test_a_month_is_closed_only_with_all_its_files(money_step, files, as_of):
    """Of a shop without gaps the wallets are there up to the last month that they reach past."""
    last = {}
    for file, one in standing(files):
        if one.moved <= as_of and file.book[3]:
            place = (file.book[1], file.book[3])
            last[place] = max(last.get(place, one.moved), one.moved)
    rows = money_step.rows(
        "select shop_id, wallet, month_date, last_day(month_date), row_count, file_status"
        " from thematic.month_close inner join subject.dim_shops using (shop_key)"
        " where wallet is not null"
    )
    assert {row[:2] for row in rows} == set(last)
    broken = {
        (file.book[1], file.book[3], month(one.moved))
        for file, one in standing(files)
        if is_proved(file) is False
    }
    for shop, wallet, at, month_end, row_count, status in rows:
        if (shop, wallet, at) in broken and row_count:
            assert status == "disproved"
        else:
            assert (status == "there") == (row_count > 0 and last[shop, wallet] >= month_end)
    assert {row[-1] for row in rows} >= {"disproved", "there"}
