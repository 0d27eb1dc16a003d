"""JupyterLab of the same server has a tile that opens the workbench."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright
from test_web_story import CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="没有 Chromium；Debian 上是 apt install chromium"),
    pytest.mark.timeout(300),
]


def test_a_click_on_the_tile_opens_the_workbench(bench):
    parts = urlsplit(bench.address)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{parts.scheme}://{parts.netloc}/lab?{parts.query}")
        tile = page.locator(".jp-LauncherCard", has_text="执笔工作台")
        with page.context.expect_page() as opened:
            tile.click()
        opened.value.wait_for_url("**/zhibi/data")
        browser.close()
