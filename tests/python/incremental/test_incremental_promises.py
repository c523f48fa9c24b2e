"""What the macros of incremental models promise, each on a project of four small models."""

import pytest
from tiny_project import BUILD, FILES

NOT_NEGATIVE = "{expression_is_true: {arguments: {expression: amount >= 0}}}"


def test_a_run_adds_what_was_touched_and_rebuilds_nothing(project):
    project.send("orders", (1, "a", "r1", None), (3, "a", "r3", 30))
    project.dbt("run")
    assert project.amounts() == [(2, "Beta", 3, 20), (3, "Alpha", 2, 30)]
    assert project.rebuilt() == set()
    assert sorted(project.ask("select order_id, amount from changed_rows.fct_orders")) == [
        (1, 10),
        (3, 30),
    ]


def test_another_text_of_a_model_rebuilds_it_and_what_reads_it(project):
    text = FILES["models/stg_orders.sql"]
    project.write(
        "models/stg_orders.sql", text.replace("receipt, amount", "receipt, amount * 2 as amount")
    )
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 20), (2, "Beta", 3, 40)]
    assert project.rebuilt() == {"stg_orders", "fct_orders", "fct_refunds"}


def test_another_constraint_of_a_column_rebuilds_its_model(project):
    text = FILES["models/models.yml"].replace(
        "name: receipt,", "name: receipt, constraints: [{type: not_null}],"
    )
    project.write("models/models.yml", text)
    project.dbt("run")
    assert project.rebuilt() == {"fct_orders"}


def test_another_look_up_rebuilds_only_what_reads_it(project):
    project.send("shops", ("a", "Aleph"))
    project.dbt("run")
    assert project.amounts() == [(1, "Aleph", 2, 10), (2, "Beta", 3, 20)]
    assert project.rebuilt() == {"fct_orders"}


def map_shops_to_orders(project, upstream):
    """Say in fct_orders which orders a changed shop touches."""
    how = "select order_id from {stg_orders} where shop_id in (select shop_id from changed_rows)"
    text = FILES["models/fct_orders.sql"].replace(
        "'order_id'}", f"'order_id', 'touched_by': {{'{upstream}': '{how}'}}}}"
    )
    project.write("models/fct_orders.sql", text)


def test_a_mapped_look_up_touches_what_it_leads_to(project):
    map_shops_to_orders(project, "int_shops")
    project.dbt("run")
    project.send("shops", ("a", "Aleph"))
    project.dbt("run")
    assert project.rebuilt() == set()
    assert project.amounts() == [(1, "Aleph", 2, 10), (2, "Beta", 3, 20)]


def test_a_mapping_of_what_the_model_does_not_read_breaks_off(project):
    map_shops_to_orders(project, "int_shop")
    assert project.dbt("run") == {"fct_orders"}


def test_a_key_that_nothing_upstream_has_breaks_off(project):
    text = FILES["models/fct_refunds.sql"].replace("'order_id'", "'refunded_order_id'")
    project.write("models/fct_refunds.sql", text.replace("touched()", "touched('receipt')"))
    assert project.dbt("run") == set()
    assert project.dbt("run") == {"fct_refunds"}


def test_what_reads_a_view_that_does_not_say_its_changed_rows_is_built_anew(project):
    view = "{{ config(materialized='view') }} select * from {{ ref('stg_orders') }}"
    project.write("models/int_orders.sql", view)
    text = FILES["models/fct_orders.sql"].replace("ref('stg_orders')", "ref('int_orders')")
    project.write("models/fct_orders.sql", text)
    project.dbt("run")
    project.send("orders", (1, "a", "r1", 11))
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 11), (2, "Beta", 3, 20)]
    assert project.rebuilt() == {"fct_orders"}


def test_another_seed_rebuilds_what_reads_it_once_it_is_loaded(project):
    project.write("seeds/rates.csv", "shop_id,rate\na,5\nb,3\n")
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 10), (2, "Beta", 3, 20)]
    project.dbt("seed")
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 5, 10), (2, "Beta", 3, 20)]
    project.dbt("seed")
    project.dbt("run")
    assert project.rebuilt() == set()


def test_a_run_by_hand_does_not_hide_other_macros(project):
    project.settings["MACROS_FINGERPRINT"] = "one"
    project.dbt("run")
    del project.settings["MACROS_FINGERPRINT"]
    project.send("orders", (1, "a", "r1", 11))
    project.dbt("run")
    assert project.rebuilt() == set()
    project.settings["MACROS_FINGERPRINT"] = "another"
    project.dbt("run")
    assert project.rebuilt() == {"stg_orders", "fct_orders", "fct_refunds"}


def test_a_run_that_failed_or_was_partial_loses_no_change(project):
    project.send("orders", (1, "a", "r1", 11), (2, "b", "r2", 13))
    assert project.dbt("run") == {"fct_orders"}
    project.dbt("run", "--select", "stg_orders")
    project.send("orders", (2, "b", "r2", 21))
    assert project.dbt("run") == set()
    assert project.amounts() == [(1, "Alpha", 2, 11), (2, "Beta", 3, 21)]
    assert project.rebuilt() == set()


def test_a_table_that_was_dropped_is_built_anew_with_what_reads_it(project):
    project.ask("drop table main.stg_orders")
    project.send("orders", (1, "a", "r1", 11))
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 11), (2, "Beta", 3, 20)]
    assert project.rebuilt() == {"stg_orders", "fct_orders", "fct_refunds"}


def test_what_a_run_with_empty_left_out_is_built_by_the_next(project):
    project.send("orders", (1, "a", "r1", 11))
    project.dbt("run", "--select", "stg_orders")
    project.dbt("run", "--empty", "--select", "fct_orders")
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 11), (2, "Beta", 3, 20)]


def test_a_model_that_was_switched_off_is_built_anew_when_it_is_back(project):
    project.write("models/fct_orders.sql", "{{ config(enabled=false) }} select 1 as order_id")
    project.write("models/models.yml", "")
    project.send("shops", ("a", "Aleph"))
    # The look-up has no incremental reader now: what changes in it goes unrecorded.
    project.dbt("run")
    for name in ("models/fct_orders.sql", "models/models.yml"):
        project.write(name, FILES[name])
    project.dbt("run")
    assert project.amounts() == [(1, "Aleph", 2, 10), (2, "Beta", 3, 20)]


@pytest.mark.parametrize(
    ("amount", "test"), [(-10, "expression_is_true"), (2000, "assert_orders_are_small")]
)
def test_a_bad_row_of_yesterday_fails_the_build_of_today_too(project, amount, test):
    project.send("orders", (1, "a", "r1", amount))
    assert project.dbt(*BUILD) == {test}
    project.send("orders", (3, "a", "r3", 30))
    assert project.dbt(*BUILD) == {test}
    project.send("orders", (1, "a", "r1", 10))
    assert project.dbt(*BUILD) == set()


def test_a_build_tests_what_changed_and_a_test_of_its_own_all_rows(project):
    project.ask("update main.fct_orders set amount = -1 where order_id = 1")
    project.ask("update main.fct_orders set amount = 2000 where order_id = 2")
    project.send("orders", (3, "a", "r3", 30))
    assert project.dbt(*BUILD) == set()
    assert project.dbt("test") == {"expression_is_true", "assert_orders_are_small"}


def test_a_test_of_several_models_looks_at_what_changed_in_any_of_them(project):
    project.ask("update main.fct_orders set amount = 2000 where order_id = 1")
    project.ask("insert into changed_rows.fct_refunds values (1, 'r1', 99, true)")
    assert project.dbt(*BUILD) == {"assert_orders_are_small"}


@pytest.mark.parametrize("receipt", ["r2", None], ids=["doubles one that stands", "has no key"])
def test_a_new_row_that_breaks_the_key_fails_the_build(project, receipt):
    project.send("orders", (3, "a", receipt, 30))
    assert project.dbt(*BUILD) == {"primary_key"}


@pytest.mark.parametrize(
    ("orders", "test"),
    [
        ([(1, "a", "r1", -10)], "expression_is_true"),
        ([(3, "a", "r2", 30)], "primary_key"),
        ([(3, "a", None, 30)], "primary_key"),
        ([(3, "a", "refund of 9", 30)], "relationships"),
    ],
)
def test_what_a_run_by_hand_made_wrong_fails_the_build_after_it(project, orders, test):
    project.send("orders", *orders)
    assert project.dbt("run") == set()
    project.send("orders", (4, "a", "r4", 40))
    assert project.dbt(*BUILD) == {test}


def test_a_bad_row_that_went_again_before_the_build_does_not_fail_it(project):
    project.send("orders", (1, "a", "r1", -10), (3, "a", None, 30), (4, "a", "refund of 9", 40))
    assert project.dbt("run") == set()
    project.send("orders", (1, "a", "r1", 10), (3, "a", "r3", None), (4, "a", "r4", 40))
    assert project.dbt(*BUILD) == set()


def test_without_its_changed_rows_everything_is_built_anew(project):
    project.ask("drop schema changed_rows cascade")
    project.send("shops", ("c", "Gamma"))
    project.send("orders", (1, "a", "r1", -10))
    assert project.dbt(*BUILD) == {"expression_is_true"}
    assert project.rebuilt() == {"stg_orders", "int_shops", "fct_orders", "fct_refunds"}
    assert project.amounts() == [(1, "Alpha", 2, -10), (2, "Beta", 3, 20)]


def test_a_key_of_some_rows_or_of_an_expression_is_asked_for_as_well(project):
    text = FILES["models/models.yml"].replace(
        "data_tests: [primary_key]", "data_tests: [primary_key: {config: {where: order_id > 0}}]"
    )
    expression = "{unique: {arguments: {column_name: shop_id || receipt}}}"
    text = text.replace(NOT_NEGATIVE, expression)
    project.write("models/models.yml", text)
    assert project.dbt(*BUILD) == set()
    project.send("orders", (3, "a", "r3", 30))
    assert project.dbt(*BUILD) == set()
    project.send("orders", (4, "a", "r3", 30))
    assert project.dbt(*BUILD) == {"primary_key", "unique"}


def test_a_row_whose_partner_of_the_same_table_is_gone_fails_the_build(project):
    partner = "{relationships: {arguments: {to: ref('fct_orders'), field: \"'r' || order_id\"}}}"
    text = FILES["models/models.yml"].replace(
        "data_tests: [primary_key]", f"data_tests: [{partner}]"
    )
    project.write("models/models.yml", text)
    project.send("orders", (3, "a", "r1", 30))
    assert project.dbt(*BUILD) == set()
    project.send("orders", (1, "a", "r1", None))
    assert project.dbt(*BUILD) == {"relationships"}


def test_a_twin_with_a_null_fails_the_build(project):
    columns = "{unique_combination: {arguments: {columns: [shop_name, receipt]}}}"
    text = FILES["models/models.yml"].replace("data_tests: [primary_key]", "description: None.")
    project.write(
        "models/models.yml",
        text.replace(NOT_NEGATIVE, columns),
    )
    project.send("orders", (2, "b", None, 20))
    assert project.dbt(*BUILD) == set()
    project.send("orders", (3, "b", None, 30))
    assert project.dbt(*BUILD) == {"unique_combination"}


@pytest.mark.parametrize(
    ("name", "was", "now", "test"),
    [
        ("models/models.yml", "amount >= 0", "amount < 15", "expression_is_true"),
        ("tests/assert_orders_are_small.sql", "1000", "15", "assert_orders_are_small"),
    ],
)
def test_a_new_test_looks_at_the_rows_that_stand(project, name, was, now, test):
    project.write(name, FILES[name].replace(was, now))
    assert project.dbt(*BUILD) == {test}


def test_a_test_of_more_rows_looks_at_those_that_stand(project):
    text = FILES["models/models.yml"].replace("amount >= 0", "amount < 15")
    project.write("models/models.yml", text.replace("15}", "15}, config: {where: order_id = 1}"))
    assert project.dbt(*BUILD) == set()
    project.write("models/models.yml", text)
    assert project.dbt(*BUILD) == {"expression_is_true"}


def test_a_retry_is_no_build_of_everything(project):
    project.send("orders", (1, "a", "r1", -10))
    assert project.dbt("--write-json", *BUILD) == {"expression_is_true"}
    project.ask("update main.fct_orders set amount = 10 where order_id = 1")
    assert project.dbt("retry") == set()
    assert project.ask(
        "select command, is_complete from operations.dbt_invocations order by run_number"
    ) == [("build", True), ("build", True), ("build", False)]


def test_a_build_of_everything_drops_what_no_model_makes_any_more(warehouse_project):
    project = warehouse_project
    for name in ("models/fct_orders.sql", "tests/assert_orders_are_small.sql"):
        project.write(name, "{{ config(enabled=false) }} select 1 as order_id")
    project.write("models/models.yml", "")
    tables = "select count(*) from duckdb_tables() where schema_name = 'main'"
    before = project.ask(tables)
    project.dbt("run")
    assert project.ask(tables) == before
    assert project.dbt(*BUILD) == set()
    assert project.ask(f"{tables} and table_name = 'fct_orders'") == [(0,)]
    assert project.ask(f"{tables} and table_name = 'fct_refunds'") == [(1,)]


def test_a_model_that_is_incremental_no_more_is_copied_whole(project):
    project.write("models/models.yml", "")
    project.write(
        "models/fct_orders.sql",
        "{{ config(materialized='table') }} select 1 as order_id, 5 as amount",
    )
    noted = "select count(*) from operations.model_runs where model = 'fct_orders'"
    assert project.ask(noted) != [(0,)]
    project.dbt("run")
    assert project.ask(noted) == [(0,)]


def test_a_row_whose_partner_is_gone_fails_the_build(project):
    project.send("orders", (3, "a", "refund of 2", 30))
    assert project.dbt(*BUILD) == set()
    project.send("orders", (2, "b", "r2", None))
    assert project.dbt(*BUILD) == {"relationships"}


@pytest.mark.parametrize("contract", ["", "contract={'enforced': true}, "])
def test_a_table_that_is_built_anew_is_written_in_its_order(warehouse_project, contract):
    project = warehouse_project
    text = FILES["models/fct_orders.sql"].replace(
        "meta={", contract + "meta={'ordered_by': 'receipt desc', "
    )
    project.write("models/fct_orders.sql", text)
    columns = ["order_id", "shop_id", "shop_name", "receipt", "rate", "amount"]
    types = ["int", "varchar", "varchar", "varchar", "int", "int"]
    listed = [
        f"{{name: {name}, data_type: {kind}}}" for name, kind in zip(columns, types, strict=True)
    ]
    project.write(
        "models/models.yml", f"models: [{{name: fct_orders, columns: [{', '.join(listed)}]}}]"
    )
    project.send("orders", *((n, "ab"[n % 2], f"r{n * 7 % 10}", n) for n in range(3, 13)))
    assert project.dbt("run") == set()
    receipts = [row[0] for row in project.ask("select receipt from main.fct_orders order by rowid")]
    assert len(receipts) == 12
    assert receipts == sorted(receipts, reverse=True)


def test_changes_are_kept_until_everybody_took_them_and_a_build_was_good(project):
    project.send("orders", (1, "a", "r1", -10))
    project.dbt(*BUILD)
    project.dbt(*BUILD)
    changed = "select count(*) from changed_rows.stg_orders"
    assert project.ask(changed) == [(2,)]
    project.send("orders", (1, "a", "r1", 10))
    assert project.dbt(*BUILD) == set()
    project.dbt("run", "--select", "int_shops")
    assert project.ask(changed) == [(0,)]
