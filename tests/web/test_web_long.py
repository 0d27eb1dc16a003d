"""A report of many pages: its first ones stand at once, and every other is drawn, found, clicked and marked like them."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
NAME = "长名册"
REGISTER = """\
from zhibi.data.figures.picking import rows
名册 = rows(党员[["党员代码", "出生年份"]])
table([{"次": str(次), "党员": 一["党员代码"], "出生": 一["出生年份"]} for 次 in "甲乙丙" for 一 in 名册], caption="党员", key="长", series="附表")"""
NEVER_IDLE = "window.requestIdleCallback = () => 0"  # what is not needed is not drawn
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(bench) -> str:
    """The county report with a register of its members behind it, three times over."""
    source = bench.root / "notebooks/research_report.ipynb"
    notebook = json.loads(source.read_text("utf-8"))
    cell = {"cell_type": "code", "id": "register", "metadata": {}, "outputs": []}
    notebook["cells"].append(cell | {"execution_count": None, "source": REGISTER})
    path = bench.root / f"notebooks/{NAME}.ipynb"
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
    bench.post("/report/make", report=NAME, stage="draft")
    job = bench.job(f"report:{NAME}")
    assert job["state"] == "完成", job
    return job["folder"]


@pytest.fixture(scope="module")
def browser(bench):
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def opened(browser, bench, folder: str, script: str = ""):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(120_000)
    if script:
        page.add_init_script(script)
    page.goto(bench.address)
    page.goto(bench.url(f"/report?name={NAME}&folder={folder}"))
    page.wait_for_selector("#pages[data-drawn]")
    return page


def test_all_pages_are_drawn_in_the_end_and_bear_their_numbers(browser, bench, folder):
    page = opened(browser, bench, folder)
    page.wait_for_selector("#pages[data-whole]")

    numbers = page.eval_on_selector_all(
        "section.docx",
        "all => all.map(each => (each.querySelector(':scope > footer') || each).innerText)",
    )
    upright = [int(re.sub(r"\D", "", text)) for text in numbers if re.fullmatch(r"\D*\d+\D*", text)]
    assert page.locator(".lot").count() > 2
    assert page.locator(".pending").count() == 0
    assert len(numbers) > 50
    assert upright == sorted(upright)
    assert upright[-1] == len(numbers)


def test_the_first_pages_stand_and_paper_for_all_others_is_laid_out(browser, bench, folder):
    page = opened(browser, bench, folder, NEVER_IDLE)

    drawn, pending = (
        page.locator("section.docx:not(.pending)").count(),
        page.locator(".pending").count(),
    )
    assert drawn == 20
    assert pending > 30
    assert page.locator(".pending").first.inner_text() == "第21页，正在排"
    assert page.get_attribute("#pages", "data-whole") is None


def test_where_a_row_is_printed_is_found_on_a_page_not_drawn_yet(browser, bench, folder):
    page = opened(browser, bench, folder, NEVER_IDLE)
    page.fill("form.row-use input[name=sheet]", "党员")
    page.fill("form.row-use input[name=number]", "300")
    page.click("form.row-use button")
    page.wait_for_selector("#origin .uses button")
    late = page.locator("#origin .uses button").last
    fact = late.get_attribute("data-fact")
    assert page.locator(f'a.figure[data-fact="{fact}"]').count() == 0

    late.click()

    page.wait_for_selector(f'#pages .here[data-fact="{fact}"]')
    assert page.locator(".pending").count() > 0  # of the others none was drawn for it


def test_a_number_of_a_late_page_tells_its_row(browser, bench, folder):
    page = opened(browser, bench, folder)
    page.wait_for_selector("#pages[data-whole]")
    figure = page.locator("a.figure").last

    figure.click()

    page.wait_for_selector("#origin .excerpt .marked")
    assert figure.inner_text() in page.locator("#origin .excerpt .marked").first.inner_text()


def test_a_lot_that_did_not_change_is_not_drawn_again(browser, bench, folder):
    page = opened(browser, bench, folder)
    page.wait_for_selector("#pages[data-whole]")
    page.evaluate(
        "document.querySelectorAll('section.docx').forEach(each => { each.before = true; })"
    )
    before = page.get_attribute("#pages", "data-whole")

    page.click("#make button.primary")

    page.wait_for_selector(f'#pages[data-whole]:not([data-whole="{before}"])')
    same = page.eval_on_selector_all("section.docx", "all => all.map(each => Boolean(each.before))")
    assert len(same) > 50
    assert all(same)
