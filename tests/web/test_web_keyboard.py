"""The newcomer's evening once more without a mouse: every step by keys, and where the focus is can be seen."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate
from test_web_story import CASES, CHROMIUM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="没有 Chromium；Debian 上是 apt install chromium"),
    pytest.mark.timeout(600),
]
MOST_TABS = 120
SEEN = """() => {
  const here = document.activeElement, shown = here.closest("label.button") || here;
  const ring = (each) => { const style = getComputedStyle(each); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; };
  return ring(here) || ring(shown);
}"""
IS = "selector => document.activeElement.matches(selector)"


@pytest.fixture(scope="module")
def page(bench) -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        opened.set_default_timeout(60_000)
        opened.goto(bench.address)
        yield opened
        browser.close()


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Tab until there; every stop on the way is to be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate(IS, selector):
            return
    raise AssertionError(selector)


def choose(page: Page, selector: str, path: Path) -> None:
    tab_to(page, selector)
    for key in ("Enter", "Space"):
        with contextlib.suppress(TooLate):
            with page.expect_file_chooser(timeout=3_000) as waiting:
                page.keyboard.press(key)
            waiting.value.set_files(path)
            return
    page.set_input_files(selector, path)  # headless Chromium opens no dialog now and then


def turn_to(page: Page, name: str) -> None:
    """Another page by the links at the top, as one comes to them from the address bar."""
    page.evaluate("document.querySelector('a.skip').focus()")
    tab_to(page, f"nav a[href$='/{name}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{name}*")


def test_a_workbook_is_chosen_and_put_right_by_keys(page, bench):
    page.wait_for_selector("#faults h2")  # of the workbook that came with the workspace
    choose(page, "input[type=file][multiple]", CASES / "青禾县-乱3.xlsx")
    page.wait_for_selector("#faults .repairs button")
    tab_to(page, "#faults .repairs button[value=yes]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#mended a")
    tab_to(page, "#mended a")
    page.keyboard.press("Enter")
    page.wait_for_selector("#faults h2:has-text('改好')")
    tab_to(page, "#faults details.group > summary")
    opened = page.evaluate("document.activeElement.parentElement.open")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.parentElement.open") is not opened


def test_a_choice_that_leads_elsewhere_waits_for_enter_and_keeps_the_focus(page):
    turn_to(page, "report")
    tab_to(page, "select#type")
    before = page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.url == before
    page.keyboard.press("Enter")
    page.wait_for_url("**name=*")
    page.wait_for_function("document.activeElement.id === 'type'")


def test_a_report_is_made_and_a_figure_looked_up_and_left_by_keys(page, bench):
    turn_to(page, "report")
    page.goto(f"{page.url.partition('?')[0]}?name=research_report")
    tab_to(page, "textarea[name='t.结束语']")
    page.keyboard.press("Control+End")
    page.keyboard.type("全县党员")
    tab_to(page, "fieldset details summary")
    page.keyboard.press("Enter")
    tab_to(page, "button[data-insert]")
    page.keyboard.press("Enter")
    assert page.evaluate(IS, "textarea[name='t.结束语']")
    tab_to(page, "input[name=stage][value=draft]")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("input[name=stage][value=review]")
    tab_to(page, "#make button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pages[data-drawn]")
    page.wait_for_selector("#about .findings")
    assert "核对稿" in page.inner_text("#about h2")
    tab_to(page, "a.figure")
    fact = page.evaluate("document.activeElement.dataset.fact")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#origin .origin[data-fact='{fact}']")
    page.wait_for_function("document.activeElement.id === 'origin'")
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.dataset.fact") == fact


def test_eight_hundred_figures_are_stepped_over_at_once(page):
    tab_to(page, ".preview a.skip", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "#origin button, #about a")
    tab_to(page, "#about .findings button.go")
    page.keyboard.press("Enter")
    page.wait_for_selector("#origin table, #pages .here, #pages .found")


def test_a_batch_is_begun_stopped_and_opened_by_keys(page):
    turn_to(page, "batch")
    page.wait_for_selector("#standing table")
    tab_to(page, "#make button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#progress progress[value]")
    tab_to(page, "#stop")
    page.keyboard.press("Enter")
    page.wait_for_selector("#standing .trouble")
    tab_to(page, "input[name=only]")
    page.keyboard.press("Space")
    assert page.locator("input[name=only]:checked").count() == 1


def test_a_manuscript_is_checked_and_one_repair_accepted_by_keys(page, tmp_path):
    manuscript = docx.Document()
    manuscript.add_paragraph("今年以来，党支部认真开展党员大会12次,取得了成效。")
    manuscript.save(tmp_path / "手写稿.docx")
    turn_to(page, "check")
    choose(page, "input[type=file]", tmp_path / "手写稿.docx")
    page.wait_for_selector("#findings .repairs")
    tab_to(page, "input[name=repair]")
    page.keyboard.press("Space")
    tab_to(page, ".repairs button.primary")
    page.keyboard.press("Enter")
    page.wait_for_selector("#mended a")
    tab_to(page, "#findings .findings button.go")
    page.keyboard.press("Enter")

    assert page.locator("#pages .found").count() == 1


def test_a_report_type_is_begun_by_keys(page, bench):
    turn_to(page, "types")
    tab_to(page, "input[name=name]")
    page.keyboard.type("键盘通报")
    page.keyboard.press("Enter")
    page.wait_for_selector("#made .made")

    assert (bench.root / "notebooks/键盘通报.ipynb").is_file()
