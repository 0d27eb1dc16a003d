"""The pages of the preview are the pages of the file: as many as LibreOffice lays out."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
REPORTS = ("research_report", "experience_exchange", "annual_rollup", "annual_review")
pytestmark = [pytest.mark.slow, pytest.mark.render]


@pytest.fixture(scope="module")
def page(bench):
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.set_default_timeout(120_000)
        opened.goto(bench.address)
        yield opened
        browser.close()


@pytest.mark.parametrize("report", REPORTS)
def test_the_preview_has_the_pages_of_the_file(page, bench, report, tmp_path):
    bench.post("/report/make", report=report, stage="draft")
    folder = bench.job(f"report:{report}")["folder"]
    page.goto(bench.url(f"/report?name={report}&folder={folder}"))
    page.wait_for_selector("#pages[data-drawn]")
    shown = page.locator("section.docx").count()

    assert shown == pages_of(bench.root / folder / "报告.docx", tmp_path)


def pages_of(report, folder) -> int:
    """How many pages LibreOffice makes of a Word file."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, report]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    told = subprocess.run(
        ["pdfinfo", folder / "报告.pdf"], check=True, capture_output=True, text=True
    )
    return int(
        next(line for line in told.stdout.splitlines() if line.startswith("Pages")).split()[1]
    )
