"""Another setting rebuilds what was incremental; one that is meant to move does not."""

import re

import pytest
import yaml
from incremental_warehouse import PROJECT
from tiny_project import BUILD, FILES

INCREMENTAL = {"stg_orders", "fct_orders", "fct_refunds"}
DECLARED = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
# Read where rows are made, and not part of what a model is compared by.
EXEMPT = {
    "var as_of_date": "moves every day; what it touches is said by models that read dim_as_of_date",
    "env MACROS_FINGERPRINT": "is compared by itself: a run by hand does not know it",
    "env WAREHOUSE_DIR": "the place of the file, not what is in it",
}
# What the macro other_settings names besides the project's variables.
NAMED = {"env SOURCES", "env IDENTITY_KEY"}


@pytest.fixture
def project(warehouse_project):
    return warehouse_project


def change_vars(project, **values) -> None:
    settings = yaml.safe_load((project.folder / "dbt_project.yml").read_text(encoding="utf-8"))
    settings["vars"] |= values
    project.write("dbt_project.yml", yaml.safe_dump(settings))


@pytest.mark.parametrize("setting", ["IDENTITY_KEY", "MACROS_FINGERPRINT"])
def test_another_setting_rebuilds_everything_once(project, setting):
    project.settings[setting] = "one"
    project.dbt("run")
    project.settings[setting] = "another"
    project.dbt("run")
    assert project.rebuilt() == {"stg_orders", "fct_orders", "fct_refunds"}
    project.dbt("run")
    assert project.rebuilt() == set()


OTHERS = {
    "rfm_window_months": 12,
    "source_entities": DECLARED["source_entities"] | {"oms": ["orders"]},
}


# All are taken alike, and starting dbt takes seconds: one that is null, and one that is a mapping.
@pytest.mark.parametrize("name", ["rfm_window_months", "source_entities"])
def test_any_other_variable_of_the_project_rebuilds_everything(project, name):
    change_vars(project, **{name: OTHERS[name]})
    project.dbt("run")
    assert project.rebuilt() == INCREMENTAL


def test_a_new_variable_is_compared_without_a_word(project):
    change_vars(project, factor=2)
    text = FILES["models/stg_orders.sql"]
    project.write(
        "models/stg_orders.sql",
        text.replace("receipt, amount", "receipt, amount * {{ var('factor') }} as amount"),
    )
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 20), (2, "Beta", 3, 40)]
    change_vars(project, factor=3)
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 30), (2, "Beta", 3, 60)]
    project.dbt("run", "--vars", "factor: 5")
    assert project.amounts() == [(1, "Alpha", 2, 50), (2, "Beta", 3, 100)]


def test_a_variable_that_only_the_command_line_names_is_compared_as_well(project):
    text = FILES["models/stg_orders.sql"]
    project.write(
        "models/stg_orders.sql",
        text.replace("receipt, amount", "receipt, amount * {{ var('factor', 1) }} as amount"),
    )
    project.dbt("run")
    project.dbt("run", "--vars", "factor: 2")
    assert project.amounts() == [(1, "Alpha", 2, 20), (2, "Beta", 3, 40)]
    project.dbt("run")
    assert project.amounts() == [(1, "Alpha", 2, 10), (2, "Beta", 3, 20)]


def test_the_environment_is_compared_where_it_stands_for_a_variable(project):
    project.settings["REPORTING_CURRENCY"] = "EUR"
    project.dbt("run")
    assert project.rebuilt() == INCREMENTAL
    del project.settings["REPORTING_CURRENCY"]
    project.dbt("run")
    assert project.rebuilt() == INCREMENTAL


def test_another_as_of_date_rebuilds_nothing(project):
    project.settings["AS_OF_DATE"] = "2024-05-01"
    project.dbt("run")
    assert project.rebuilt() == set()
    change_vars(project, as_of_date="2024-05-02")
    project.dbt(*BUILD)
    project.dbt("run", "--vars", "as_of_date: 2024-05-03")
    assert project.rebuilt() == set()


def test_every_setting_that_rows_are_made_of_is_compared():
    read = set()
    files = [
        path
        for folder in ("models", "macros", "packages/touched_keys/macros")
        for path in (PROJECT / folder).rglob("*.sql")
    ]
    for path in [*files, PROJECT / "dbt_project.yml"]:
        for kind, name in re.findall(
            r"\b(env_var|var|text_setting)\(\s*['\"](\w+)['\"]", path.read_text(encoding="utf-8")
        ):
            read.add(f"{'env' if kind == 'env_var' else 'var'} {name}")
    assert read - {f"var {name}" for name in DECLARED} - NAMED - set(EXEMPT) == set()
    text = (PROJECT / "macros/settings/touched_keys.sql").read_text(encoding="utf-8")
    assert "enabled_sources()" in text
    assert "env_var('IDENTITY_KEY', '')" in text
