"""Names of money get the class that people who know the field give them."""

import pytest
from money_brand import MoneyBrand
from money_names import class_of, known, random_names, rules


@pytest.mark.parametrize(("named", "expected"), known())
def test_a_name_has_its_class_by_the_rules(named, expected):
    assert class_of(rules(), *named) == expected


def test_the_warehouse_gives_the_same_classes(money_step: MoneyBrand):
    expected = {str(number): code for number, (_, code) in enumerate(known())}
    assert classes(money_step, "known") == expected


def test_the_warehouse_chooses_among_rules_as_python_does(money_step: MoneyBrand):
    of_rules, rows = rules(), random_names(400)
    expected = {str(number): class_of(of_rules, *row) for number, row in enumerate(rows)}
    assert classes(money_step, "random") == expected
    assert len(set(expected.values())) > 20


def classes(brand: MoneyBrand, layout: str) -> dict[str, str]:
    """Class by the number of the movement."""
    return dict(
        brand.rows(
            "select movement_id, money_class_code from subject.fct_money_movements"
            f" where layout = '{layout}'"
        )
    )
