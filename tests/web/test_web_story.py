"""A newcomer's evening in a browser: nothing leaves the machine, and what she downloads is what the command line makes."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import docx
import faces
import openpyxl
import pytest
from playwright.sync_api import Page, Route, sync_playwright

BIN = Path(sys.executable).parent
CASES = Path(__file__).parent / "cases"
CHROMIUM = next(
    (
        path
        for path in (os.environ.get("CHROMIUM", ""), "/usr/bin/chromium")
        if path and Path(path).is_file()
    ),
    "",
)
AXE = Path(__file__).parent / "vendor/axe.min.js"
TOUR = Path(__file__).resolve().parents[2] / "docs/工作台"
BOOK = "data/青禾县-乱3-改好（2）.xlsx"
FOUND_AT = """() => [...document.querySelectorAll("#pages p")]
    .indexOf(document.querySelector("#pages .found"))"""
PAGES = ("data", "report", "batch", "check", "types")

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="没有 Chromium；Debian 上是 apt install chromium"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def outgoing() -> list[str]:
    return []


@pytest.fixture(scope="module")
def page(bench, outgoing) -> Iterator[Page]:
    """A page in a browser that reaches this machine only; whatever else it asks for is refused and written down."""
    home = urlsplit(bench.address).netloc

    def only_home(route: Route) -> None:
        if urlsplit(route.request.url).netloc == home:
            route.continue_()
        else:
            outgoing.append(route.request.url)
            route.abort()

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], env=faces.environment()
        )
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}, accept_downloads=True
        )
        context.route(lambda url: url.startswith(("http:", "https:", "ws:")), only_home)
        opened = context.new_page()
        opened.set_default_timeout(60_000)
        opened.goto(bench.address)
        yield opened
        browser.close()


def goto(page: Page, bench, path: str) -> None:
    page.goto(bench.url(path))


def shoot(page: Page, name: str) -> None:
    """For the tour of the handbook, in both sizes, where it is asked for (ZHIBI_TOUR=1)."""
    if not os.environ.get("ZHIBI_TOUR"):
        return
    for width, height in ((1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(600)
        page.screenshot(path=TOUR / f"{name}-{width}.png")
    page.set_viewport_size({"width": 1366, "height": 768})


def made_report(page: Page) -> None:
    """Press 生成 and wait until the new pages stand there, and the report is checked and saved."""
    before = page.get_attribute("#pages", "data-drawn")
    page.click("#make button.primary")
    page.wait_for_function(
        "before => { const drawn = document.querySelector('#pages').dataset.drawn; return drawn && drawn !== before; }",
        arg=before,
    )
    page.wait_for_selector("#stop", state="hidden")


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page as it stands: the rule, and the first element against it."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
    )
    return [
        (each["id"], each["nodes"][0]["html"])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


def test_the_first_page_is_the_data_page(page):
    assert page.url.endswith("/zhibi/data")
    assert "把工作簿拖到这里" in page.inner_text("main")


def test_a_dropped_workbook_shows_its_faults_with_the_cells_marked(page, bench):
    page.set_input_files("input[type=file]", CASES / "青禾县-乱3.xlsx")
    page.wait_for_selector("#faults h2")

    assert "青禾县-乱3.xlsx" in page.inner_text("#faults h2")
    assert page.locator("#faults .group").count() > 10
    assert page.locator("#faults td.marked").count() > 30
    assert "怎么改：" in page.inner_text("#faults")


def test_axe_finds_nothing_serious_amid_faults(page):
    page.wait_for_selector("#faults .repairs")
    page.evaluate("document.querySelectorAll('#faults details').forEach(each => each.open = true)")

    assert serious(page) == []


def check_first_repair(page):
    """Open the list of repairs and tick the first; the page may lay the list anew meanwhile."""
    first = page.locator("#faults input[name=repair]").first
    for _ in range(20):
        if not first.is_visible():
            page.click("#faults .repairs summary")
            page.wait_for_timeout(500)
        if first.is_visible():
            first.check()
            return
    raise AssertionError("the list of repairs does not open")


def choose_single_cells(page):
    """A kind that is ticked is all its cells; one cell unticked, and it is the others."""
    kind = page.locator("#faults .repairs li:has(input[name=cell])").first
    kind.evaluate("item => { item.querySelector('details').open = true; }")
    kind.locator("input[name=repair]").check()
    cells = kind.locator("input[name=cell]")
    assert all(cells.nth(at).is_checked() for at in range(cells.count()))
    cells.first.uncheck()
    assert not kind.locator("input[name=repair]").is_checked()
    assert cells.nth(1).is_checked()
    kind.scroll_into_view_if_needed()
    shoot(page, "1-逐格改")


def test_what_has_one_answer_is_put_right_kind_by_kind_or_all_at_once(page, bench):
    original = (bench.root / "data/青禾县-乱3.xlsx").read_bytes()
    before = int(page.inner_text("#faults .level.error >> nth=0").split()[-1])
    page.wait_for_selector("#faults .repairs")
    shoot(page, "1-数据")
    assert page.locator("#faults input[name=repair]").count() > 10
    check_first_repair(page)
    choose_single_cells(page)
    page.click("text=只改勾选的")
    page.wait_for_selector("#mended .made")
    assert (bench.root / "data/青禾县-乱3-改好.xlsx").is_file()
    page.click("text=全部改好")
    page.wait_for_selector("#mended:has-text('改好（2）')")
    page.click("#mended a:has-text('检查改好的')")
    page.wait_for_selector("#faults h2:has-text('改好（2）')")

    assert int(page.inner_text("#faults .level.error >> nth=0").split()[-1]) < before / 3
    assert (bench.root / "data/青禾县-乱3.xlsx").read_bytes() == original


def test_a_workbook_saved_anew_is_checked_again_by_itself(page, bench):
    """What is left she puts right in Excel."""
    path = bench.root / BOOK
    book = openpyxl.load_workbook(path)
    by_hand = {"单位": {"F5": 41, "I5": None}, "组织生活台账": {"H9": None, "I11": 2}}
    by_hand["党员"] = dict.fromkeys(("G15", "G21", "G23", "G33", "G35", "G39"), "高中")
    for sheet, cells in by_hand.items():
        for cell, value in cells.items():
            book[sheet][cell] = value
    book.save(path)

    page.wait_for_selector("#faults .fine")
    assert "没有错误" in page.inner_text("#faults")
    page.click("text=用它做报告")
    page.wait_for_url(lambda url: "/report" in url)


def test_the_report_stands_there_as_pages(page, bench):
    goto(page, bench, "/report?name=research_report")
    page.select_option("#p-workbook", BOOK)
    page.wait_for_url("**data=*")
    page.fill("#p-issued_on", "2026-12-09")
    made_report(page)

    assert page.locator("section.docx").count() >= 5
    assert "调研报告" in page.inner_text("#pages")
    assert page.locator("a.figure").count() > 100


def test_five_figures_tell_the_rows_that_数据出处_tells(page, bench):
    folder = next((bench.root / "outputs/research_report").rglob("数据出处.xlsx")).parent
    sheet = openpyxl.load_workbook(folder / "数据出处.xlsx")["数据出处"]
    entries = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=2)]
    figures = page.locator("a.figure")
    several = [figures.nth(place) for place in range(5, figures.count(), figures.count() // 5)][:5]
    assert len(several) == 5
    for figure in several:
        printed = figure.inner_text()
        figure.click()
        fact = figure.get_attribute("data-fact")
        page.wait_for_selector(f"#origin .origin[data-fact='{fact}']")
        told = page.inner_text("#origin")
        label = page.inner_text("#origin p").split("（截至")[0]
        same = [entry for entry in entries if entry[3] == printed and entry[6] == label]
        assert same, (printed, label)
        for sheet_name in filter(None, same[0][10].split("\n")):
            assert sheet_name in told
        for rows in filter(None, same[0][11].split("\n")):
            numbers = rows.rpartition("第")[2].removesuffix("行")
            assert numbers in told or "没有符合的行" in told
    shoot(page, "2-报告")


def test_a_row_tells_where_it_is_printed(page, bench):
    figures = page.locator("a.figure")
    for place in range(figures.count()):
        figures.nth(place).click()
        fact = figures.nth(place).get_attribute("data-fact")
        page.wait_for_selector(f"#origin .origin[data-fact='{fact}']")
        if page.locator("#origin button.small[hx-get]").count():
            break
    button = page.locator("#origin button.small[hx-get]").first
    row = button.inner_text()
    button.click()
    page.wait_for_selector("#origin .uses")

    assert page.inner_text("#origin h2").endswith(row)
    page.locator("#origin .uses button").first.click()
    assert page.locator("#pages .here").count() == 1


def test_the_report_downloaded_is_the_one_of_the_command_line_byte_for_byte(page, bench, tmp_path):
    with page.expect_download() as waiting:
        page.click("text=下载 报告.docx")
    downloaded = Path(waiting.value.path()).read_bytes()
    subprocess.run(
        [BIN / "zhibi", "run", "research_report", "--out", tmp_path],
        cwd=bench.root,
        check=False,
        timeout=300,
    )

    assert downloaded == (tmp_path / "报告.docx").read_bytes()


def test_what_the_checker_says_of_the_finished_file_leads_to_its_paragraph(page):
    buttons = page.locator("#about .findings button[data-find]")
    for place in range(buttons.count()):
        buttons.nth(place).click()
        assert page.locator("#pages .found").count() == 1, buttons.nth(place).get_attribute(
            "data-find"
        )
    places = page.locator("#about .findings .where").all_inner_texts()

    assert [each for each in places if "段" in each] == []


def test_a_picture_is_described_in_the_words_of_the_file(page):
    words = page.locator("#pages article img").evaluate_all("all => all.map(each => each.alt)")

    assert words
    assert all(len(each) > 10 and "没有文字说明" not in each for each in words), words


def test_axe_finds_nothing_serious_about_a_report_shown(page):
    assert page.locator("a.figure").count() > 100
    assert page.locator("#origin h2").count() == 1
    assert serious(page) == []


def test_a_report_shown_survives_a_reload(page):
    page.reload()
    page.wait_for_selector("#pages[data-drawn]")

    assert page.locator("a.figure").count() > 100


def test_a_text_that_people_write_is_printed_and_kept_in_the_parameter_file(page, bench):
    goto(page, bench, "/report?name=research_report")
    page.wait_for_selector("#pages[data-drawn]")
    page.fill("textarea[name='t.结束语']", "下一步，把上述问题列入台账，逐项销号。")
    made_report(page)

    assert "逐项销号" in page.inner_text("#pages")
    kept = (bench.root / "params/research_report.yaml").read_text("utf-8")
    assert "逐项销号" in kept
    assert "texts_for: 青禾县2026年度" in kept
    assert "示例县" in (bench.root / "params/research_report-示例县2026年度.yaml").read_text(
        "utf-8"
    )
    assert "责任传导不够均衡" not in page.inner_text("#pages")


def test_a_batch_is_stopped_and_taken_up_again(page, bench):
    goto(page, bench, "/batch?name=annual_review")
    page.wait_for_selector("#standing table")
    page.click("#make button.primary")
    page.wait_for_selector("#progress progress[value]")
    page.click("#stop")
    page.wait_for_selector("#standing .trouble")
    page.click("#make button.primary")
    page.wait_for_selector("#standing p.made", timeout=240_000)

    assert "没有做成0份" in page.inner_text("#standing p.made")
    assert page.locator("#standing a:text-is('打开')").count() >= 5
    shoot(page, "3-批量")
    with page.expect_download() as waiting:
        page.locator("#standing a:has-text('.zip')").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert archive.testzip() is None
        assert any(name.endswith(".docx") for name in archive.namelist())


def test_a_report_of_the_batch_is_opened_from_its_row(page):
    page.locator("#standing a:text-is('打开')").first.click()
    page.wait_for_selector("#pages[data-drawn]")

    assert page.locator("a.figure").count() > 10


def test_a_manuscript_is_checked_and_two_repairs_are_accepted(page, bench, tmp_path):
    manuscript = docx.Document()
    manuscript.add_heading("关于党建工作情况的汇报", 0)
    for words in (
        "今年以来，党支部认真开展党员大会12次,取得了成效。",
        "一是加强学习,提高认识;二是严格管理。",
        "全年发展党员3名,其中女党员1名。",
    ):
        manuscript.add_paragraph(words)
    manuscript.save(tmp_path / "手写稿.docx")
    original = (tmp_path / "手写稿.docx").read_bytes()
    goto(page, bench, "/check")
    page.set_input_files("input[type=file]", tmp_path / "手写稿.docx")
    page.wait_for_selector("#findings h2")
    page.wait_for_selector("section.docx")
    levels = page.locator("#findings .group summary .level").all_inner_texts()
    assert levels == sorted(levels, key=["错误", "警告", "提示"].index)
    shoot(page, "4-检查")
    page.locator("input[name=repair]").nth(0).check()
    page.locator("input[name=repair]").nth(1).check()
    page.check("input[name=accept]")
    page.click(".repairs button.primary")
    page.wait_for_selector("#mended a")
    with page.expect_download() as waiting:
        page.click("#mended a")
    words = [paragraph.text for paragraph in docx.Document(waiting.value.path()).paragraphs]
    assert "今年以来，党支部认真开展党员大会12次，取得了成效。" in words
    assert "一是加强学习，提高认识；二是严格管理。" in words
    assert "全年发展党员3名,其中女党员1名。" in words
    with page.expect_download() as waiting:
        page.click("text=下载带批注的副本")
    assert docx.Document(waiting.value.path()).paragraphs
    page.click("text=排成公文格式")
    page.wait_for_selector("#formatted a")
    with page.expect_download() as waiting:
        page.click("#formatted a")
    official = [paragraph.text for paragraph in docx.Document(waiting.value.path()).paragraphs]
    assert "今年以来，党支部认真开展党员大会12次,取得了成效。" in official
    assert "一是加强学习,提高认识;二是严格管理。" in official
    assert (bench.root / "outputs/检查/手写稿/手写稿.docx").read_bytes() == original


def test_a_finding_leads_to_its_own_paragraph(page, bench, tmp_path):
    """Of two that say the same, to the right one; in a table to the cell."""
    manuscript = docx.Document()
    manuscript.add_heading("关于党建工作情况的汇报", 0)
    for _ in range(2):
        manuscript.add_paragraph("今年以来\t召开党员大会12次,取得了成效。电话13800138000,请联系。")
    cell = manuscript.add_table(1, 1).cell(0, 0)
    cell.text = "支部大会,党课"
    manuscript.save(tmp_path / "两处相同.docx")
    goto(page, bench, "/check")
    page.set_input_files("input[type=file]", tmp_path / "两处相同.docx")
    page.wait_for_selector("#findings h2")
    page.wait_for_selector("section.docx")
    page.evaluate(
        "document.querySelectorAll('#findings details').forEach(each => each.open = true)"
    )

    buttons = page.locator("#findings .findings button.go")
    assert buttons.count() > 5
    led = set()
    for place in range(buttons.count()):
        buttons.nth(place).click()
        assert page.locator("#pages .found").count() == 1
        assert page.inner_text("#said") == ""
        finding = buttons.nth(place).locator("xpath=..")
        marked = "".join(finding.locator("mark").all_text_contents()).split()
        printed = "".join(page.locator("#pages .found").text_content().split())
        assert "".join(marked) in printed or "＊" in "".join(marked), (marked, printed)
        led.add(page.evaluate(FOUND_AT))
    assert len(led) == 4


def test_a_finding_about_the_whole_file_offers_no_place(page):
    whole = page.locator("#findings .findings li:has(.where:text-is('全文'))")

    assert whole.count() > 0
    assert whole.locator("button").count() == 0


def test_axe_finds_nothing_serious_amid_findings(page):
    assert serious(page) == []


def test_a_roster_is_imported_and_what_it_asks_is_asked_on_the_page(page, bench):
    goto(page, bench, "/data")
    page.set_input_files("input[type=file]", CASES / "党员花名册.xlsx")
    page.wait_for_selector("#faults h2")
    page.fill("#faults input[name=into]", "导入的县")
    page.click("#faults form button.primary")
    page.wait_for_selector("#imported form, #imported .made")

    assert "花名册" in page.inner_text("#faults")
    assert page.locator("#imported .question, #imported .made").count() >= 1


def test_a_new_report_type_is_laid_out_and_the_profile_shows_its_clauses(page, bench):
    goto(page, bench, "/types")
    page.click("button:text-is('classic')")
    page.wait_for_selector("#profile table")
    assert "GB/T 9704" in page.inner_text("#profile")
    shoot(page, "5-模板")
    page.fill("input[name=name]", "季度通报")
    page.click("form button.primary")
    page.wait_for_selector("#made .made")

    assert (bench.root / "notebooks/季度通报.ipynb").is_file()


def test_axe_finds_nothing_serious_about_a_profile(page):
    assert page.locator("#profile table").count() == 1
    assert serious(page) == []


def test_everything_is_reached_by_the_keyboard(page, bench):
    goto(page, bench, "/report?name=research_report")
    page.wait_for_selector("#pages[data-drawn]")
    page.locator("a.figure").nth(3).focus()
    fact = page.locator("a.figure").nth(3).get_attribute("data-fact")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#origin .origin[data-fact='{fact}']")

    assert page.evaluate("document.activeElement.id") == "origin"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(page, bench, name):
    goto(page, bench, f"/{name}")
    page.wait_for_timeout(1500)
    page.wait_for_selector(
        ".waiting >> nth=0", state="attached" if name in {"report", "check"} else "detached"
    )

    assert serious(page) == []


def test_nothing_was_asked_of_any_other_machine(outgoing):
    assert outgoing == []
