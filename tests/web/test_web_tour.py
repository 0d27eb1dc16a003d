"""What a clerk sees when it does not go well: a final that is refused, a batch of which some fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import faces
import pytest
from playwright.sync_api import Page, sync_playwright
from test_web_story import CHROMIUM, goto, serious, shoot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="没有 Chromium；Debian 上是 apt install chromium"),
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("web_tour"),
]
FAULT = "if branch in ('B012', 'B013'):\n    1 / 0"


@pytest.fixture(scope="module")
def page(bench) -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], env=faces.environment()
        )
        opened = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        opened.set_default_timeout(60_000)
        opened.goto(bench.address)
        yield opened
        browser.close()


def test_a_final_that_is_refused_shows_its_reasons_on_the_page(page, bench):
    goto(page, bench, "/report?name=research_report")
    page.wait_for_selector("#make")
    page.fill("textarea[name='t.导语']", "")
    page.check("input[name=stage][value=final]")
    page.click("#make button.primary")
    page.wait_for_selector(".trouble .says")
    page.wait_for_selector("#stop", state="hidden")

    assert "W02" in page.inner_text("main")
    shoot(page, "9-定稿没有做成")
    assert serious(page) == []


def plant(notebook: Path) -> None:
    """A cell that fails for two of the branches."""
    content = json.loads(notebook.read_bytes())
    cell = {"cell_type": "code", "id": "planted", "metadata": {}, "outputs": []}
    cell |= {"execution_count": None, "source": FAULT}
    content["cells"].insert(3, cell)
    notebook.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def test_a_batch_of_which_two_fail_shows_them_by_their_cause(page, bench):
    notebook = bench.root / "notebooks/annual_review.ipynb"
    plant(notebook)
    goto(page, bench, "/batch?name=annual_review")
    page.wait_for_selector("#standing table")
    page.click("#make button.primary")
    page.wait_for_selector("#standing:has-text('没有做成2份')", timeout=240_000)
    page.wait_for_selector("#stop", state="hidden")

    assert "没有做成的，按原因" in page.inner_text("#standing")
    shoot(page, "10-批量有没做成的")
    assert serious(page) == []
