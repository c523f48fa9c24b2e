"""One browser for all pages of this folder."""

from collections.abc import Iterator

import pytest
from dagster_browser import launched_browser
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser; skips where none is installed."""
    with launched_browser() as launched:
        yield launched
