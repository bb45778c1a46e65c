"""Debian's Chromium, driven by Playwright with its path."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.provided import CHROMIUMS

FLAGS = "--no-sandbox --disable-background-networking --disable-component-update --disable-sync --disable-gpu".split()


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser until the end of the block."""
    expect.set_options(timeout=20_000)  # the machine may be busy with other tests
    found = next(path for path in CHROMIUMS if path.exists())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()
