"""What a clerk does beside the story: figures by name into her texts, findings at their places, an edited draft held against its run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import faces
import openpyxl
import pytest
from playwright.sync_api import Page, sync_playwright
from test_web_story import CASES, CHROMIUM, goto, made_report, serious, shoot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="没有 Chromium；Debian 上是 apt install chromium"),
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("web_desk_work"),
]
FOLDER = "outputs/research_report/2026/示例县"


@pytest.fixture(scope="module")
def page(bench) -> Iterator[Page]:
    """A report of the example county stands in it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], env=faces.environment()
        )
        opened = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        opened.set_default_timeout(60_000)
        opened.goto(bench.address)
        show_report(opened, bench)
        yield opened
        browser.close()


def show_report(page: Page, bench) -> None:
    goto(page, bench, f"/report?name=research_report&folder={FOLDER}")
    page.wait_for_selector("#make")
    if not (bench.root / FOLDER / "报告.docx").is_file():
        made_report(page)
    page.wait_for_selector("#pages[data-drawn]")
    page.wait_for_selector("#about .findings")


@pytest.fixture
def report(page, bench) -> Page:
    """The report's page, all its folds open."""
    if "/report?" not in page.url:
        show_report(page, bench)
        page.wait_for_selector("[data-names] button .hint", state="attached")  # once it is saved
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return page


def test_a_click_on_a_figure_at_hand_inserts_its_name_and_no_digit(report):
    button = report.locator("button[data-insert='【党员数】']")
    assert "党员数" in button.inner_text()
    area = report.locator("textarea[name='t.结束语']")
    area.fill("全县共有党员")
    button.click()
    report.keyboard.type("。")

    assert area.input_value() == "全县共有党员【党员数】。"


def test_every_value_beside_a_name_is_one_that_the_report_prints(report):
    report.reload()  # as it was saved
    report.wait_for_selector("[data-names] button .hint", state="attached")
    report.wait_for_selector("a.figure")
    printed = set(report.locator("a.figure").all_inner_texts())
    shown = report.locator("[data-names] button .hint").all_text_contents()

    assert len(shown) > 15
    assert {each.strip() for each in shown} <= printed


def test_each_place_to_write_says_what_is_to_be_written(report):
    area = report.locator("textarea[name='t.原因分析']")

    assert report.locator(f"#{area.get_attribute('aria-describedby')}").inner_text()


def test_a_finding_about_the_workbook_shows_its_row_with_the_cell_marked(report):
    button = report.locator("#about .findings button[hx-get]").first
    place = button.inner_text()
    button.click()
    report.wait_for_selector("#origin table td.marked")

    assert report.locator("#origin td.marked").count() == 1
    row = report.inner_text("#origin tbody th")
    assert f"{row} " in place or f"{row}、" in place


def test_a_finding_is_flagged_beside_its_place_and_the_flag_leads_back(report):
    flags = report.locator("#pages .flag")
    assert flags.count() >= 2
    flags.first.click()

    assert report.locator("#about .findings li.here").count() == 1
    assert report.evaluate("document.activeElement.closest('#about .findings') !== null")


def test_a_report_that_may_be_printed_offers_a_pdf_and_another_says_what_to_do(report):
    offered = report.locator("button[data-pdf]").count()

    assert offered or "另存为 PDF" in report.inner_text("#about")


def test_axe_finds_nothing_serious_amid_names_flags_and_rows(report):
    report.locator("#about .findings button[hx-get]").first.click()
    report.wait_for_selector("#origin table")
    report.locator("[data-names]").scroll_into_view_if_needed()
    shoot(report, "7-写段落")

    assert serious(report) == []


def edited(bench, path: Path) -> Path:
    """The report as somebody changed it in Word: one number."""
    draft = docx.Document(bench.root / FOLDER / "报告.docx")
    runs = [run for each in draft.paragraphs for run in each.runs]
    first = next(run for run in runs if run.text == "598")
    first.text = "612"
    draft.save(path)
    return path


def test_an_edited_draft_dropped_on_its_report_tells_what_no_longer_follows(
    report, bench, tmp_path
):
    report.set_input_files("#about input[type=file]", edited(bench, tmp_path / "改过的稿子.docx"))
    report.wait_for_selector("#compared h2")
    report.wait_for_selector("#pages[data-drawn]")
    told = report.inner_text("#compared")

    assert "其中与数据不符的1个" in told
    assert "“598名”改成了“612名”" in told
    report.locator("#compared .findings button.go").first.click()
    assert "612名" in report.inner_text("#pages .found")
    shoot(report, "6-改过的稿子")
    report.click("text=收回由人写的话")
    report.wait_for_selector("#kept p")
    assert "没有改动" in report.inner_text("#kept")
    assert serious(report) == []


def test_a_draft_changed_where_it_lies_is_offered_for_comparison(page, bench):
    path = bench.root / FOLDER / "报告.docx"
    original = path.read_bytes()
    edited(bench, path)
    try:
        show_report(page, bench)
        page.click("text=对照改过的 报告.docx")
        page.wait_for_selector("#compared h2")
        assert "其中与数据不符的1个" in page.inner_text("#compared")
    finally:
        path.write_bytes(original)


def branches(folder: Path) -> list[Path]:
    """Two workbooks as branches send them."""
    folder.mkdir()
    for name in ("甲支部.xlsx", "乙支部.xlsx"):
        book = openpyxl.load_workbook(CASES / "青禾县.xlsx")
        book.save(folder / name)
    return sorted(folder.iterdir())


def test_a_folder_of_workbooks_is_taken_in_as_one(page, bench, tmp_path):
    branches(tmp_path / "各支部")
    goto(page, bench, "/data")
    page.set_input_files("input[webkitdirectory]", tmp_path / "各支部")
    page.wait_for_selector("#faults h2, #faults .trouble")

    assert sorted(each.name for each in (bench.root / "data/各支部").iterdir()) == [
        "乙支部.xlsx",
        "甲支部.xlsx",
    ]
    assert "各支部" in page.inner_text("#faults")


def test_several_files_chosen_at_once_lie_together_and_never_among_those_of_before(
    page, bench, tmp_path
):
    files = branches(tmp_path / "几个")
    for _ in range(2):
        goto(page, bench, "/data")
        page.set_input_files("input[multiple]", files)
        page.wait_for_selector("#faults h2, #faults .trouble")

    first = bench.root / "data/乙支部等2个文件"
    again = bench.root / "data/乙支部等2个文件（2）"
    assert len([*first.iterdir()]) == len([*again.iterdir()]) == 2


def test_a_folder_s_name_is_no_path(bench):
    content = (CASES / "青禾县.xlsx").read_bytes()
    answer = bench.session.post(
        bench.url("/upload"),
        params={"into": "data", "name": "甲.xlsx", "folder": "../../甲 <b>“😀”"},
        data=content,
        headers=bench.xsrf,
        timeout=60,
    )

    made = bench.root / answer.json()["path"]
    assert made.is_file()
    assert made.parent.parent == bench.root / "data"


def test_a_batch_is_made_of_the_workbook_chosen_and_of_the_organisations_ticked(page, bench):
    (bench.root / "data/青禾县.xlsx").write_bytes((CASES / "青禾县.xlsx").read_bytes())
    goto(page, bench, "/batch?name=annual_review")
    page.select_option("#data", "data/青禾县.xlsx")
    page.wait_for_url("**data=data*")
    page.wait_for_selector("#standing table")
    page.check("input[name=only][value=B003]")
    page.click("#make button.primary")
    page.wait_for_selector("#standing p.made")

    assert "做好1份" in page.inner_text("#standing p.made")
    made = [*(bench.root / "outputs/annual_review").rglob("报告.docx")]
    assert [path.parent.parent.name for path in made].count("青禾县") == 1
    assert serious(page) == []


def test_last_year_s_word_file_becomes_a_report_type_and_what_is_not_bound_is_told(
    page, bench, tmp_path
):
    old = docx.Document()
    old.add_heading("2026年示例县基层党建工作情况", 0)
    old.add_paragraph("全县共有党员598名。走访群众4321户。")
    old.save(tmp_path / "去年的报告.docx")
    goto(page, bench, "/types")
    page.set_input_files(".drop input[type=file]", tmp_path / "去年的报告.docx")
    page.wait_for_selector("#after-old")
    page.fill("#after-old input[name=name]", "照旧的报告")
    page.select_option("#after-old select[name=data]", "data/示例县.xlsx")
    page.click("#after-old button.primary")
    page.wait_for_selector("#started .made")
    told = page.inner_text("#started")
    shoot(page, "8-照旧报告新建")

    assert "待核1处" in told
    assert "4321户" in told
    assert serious(page) == []


def test_texts_go_into_the_sheet_of_a_copy_and_are_printed_from_it(page, bench):
    original = (bench.root / "data/示例县.xlsx").read_bytes()
    goto(page, bench, "/report?name=annual_review")
    page.wait_for_selector("#make")
    page.fill("textarea[name='t.理论学习']", "坚持把学习摆在首位。\n\n学用结合，见到实效。")
    page.click("text=写进工作簿的“撰写”表")
    page.wait_for_selector("#rows .made, #rows .trouble")
    assert "1段写进了 示例县-撰写.xlsx" in page.inner_text("#rows")
    page.click("#rows a:has-text('用它做报告')")
    page.wait_for_url(lambda url: "data=" in url)
    made_report(page)

    assert "坚持把学习摆在首位。" in page.inner_text("#pages")
    assert "学用结合，见到实效。" in page.inner_text("#pages")
    assert (bench.root / "data/示例县.xlsx").read_bytes() == original
    sheets = [
        openpyxl.load_workbook(bench.root / f"data/{name}.xlsx")["撰写"]
        for name in ("示例县", "示例县-撰写")
    ]
    before, after = (
        [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in sheets
    )
    added = [row for row in after if row not in before]
    assert len(added) == 1
    assert added[0][0] == "年度总结"
    assert added[0][3] == "理论学习"
