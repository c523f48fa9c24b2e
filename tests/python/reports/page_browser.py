"""Pages as people see them: from a folder, offline, on a wide screen and on a phone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dagster_browser import launched_browser
from playwright.sync_api import Browser, Page

from reports.render import renderer

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
SIZES = {
    "wide": {"viewport": {"width": 1400, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
DRAWN = "[...document.querySelectorAll('.card .body')].every(body => body.firstChild)"
LOCAL = ("file:", "data:", "blob:")


@contextmanager
def page_browser() -> Iterator[Browser]:
    """A headless browser; skips without one, or without what the pages load."""
    if renderer() is None:
        pytest.skip("ECharts is not installed")
    with launched_browser() as launched:
        yield launched


@contextmanager
def opened(
    browser: Browser, path: Path, language: str = "en", size: str = "wide"
) -> Iterator[Page]:
    """The page, drawn; afterwards it fails on any error, or request for what is no local file."""
    context = browser.new_context(
        offline=True, locale=LOCALES[language], accept_downloads=True, **SIZES[size]
    )
    wrong: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda one: one.url.startswith(LOCAL) or wrong.append(one.url))
        page.on(
            "console",
            lambda said: said.type in ("error", "warning") and wrong.append(said.text),
        )
        page.goto(path.as_uri())
        page.wait_for_function(
            "[...document.querySelectorAll('.card .body')].every(x => x.firstChild)"
        )
        yield page
    finally:
        context.close()
    assert wrong == []


def card(page: Page, title: str):
    """The card of a chart, by its title in the page's language."""
    return page.locator(".card", has=page.get_by_role("heading", name=title, exact=True))


def shown(page: Page, number: float, unit: str, compact: bool = False) -> str:
    """A number as the page writes it."""
    return page.evaluate(
        f"Reports.format({json.dumps(number)}, '{unit}', {{compact: {json.dumps(compact)}}})"
    )
