"""One browser for all pages of this folder."""

from collections.abc import Iterator

import pytest
from page_browser import page_browser
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser; skips where one cannot look at pages."""
    with page_browser() as launched:
        yield launched
