"""A brand with random files of money, built in two steps: the second is incremental."""

import random

import money_brand
import money_names
import pytest

SEED = 4


@pytest.fixture(scope="session")
def money_step(tmp_path_factory: pytest.TempPathFactory) -> money_brand.MoneyBrand:
    """A brand whose last files tell some movements again, and name orders that came later."""
    rng = random.Random(SEED)
    brand = money_brand.create(tmp_path_factory.mktemp("money"))
    orders = money_brand.random_orders(rng, 0, 90)
    files = list(money_brand.random_files(rng, orders, 24))
    # The first ten files again, in part: as periods that overlap.
    again = [
        money_brand.MoneyFile(file.book, file.movements[1:] or file.movements, True)
        for file in files[:10]
    ]
    names = money_names.files("known", [named for named, _ in money_names.known()])
    names += money_names.files("random", money_names.random_names(400))
    brand.land(orders[:70], files[:16] + names)
    brand.warehouse.dbt("seed")
    brand.warehouse.dbt("run")
    better = money_brand.MoneyFile(
        money_brand.BETTER,
        tuple(
            one for file in files if file.book[2] == "weixin_shop_wallet" for one in file.movements
        )[:9],
    )
    brand.land(orders[70:], [*files[16:], *again, better])
    brand.warehouse.dbt("run")
    return brand
