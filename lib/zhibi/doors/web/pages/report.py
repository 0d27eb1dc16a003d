"""报告: the form of a report type, the report as pages, and where each of its figures comes from."""

from __future__ import annotations

from typing import Any

from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing
from zhibi.doors.web.work.jobs import Lane

FIELD, TEXT = "p.", "t."
STAGES = {"draft": "草稿", "review": "核对稿", "final": "定稿"}


class Reports(PageHandler):
    """The page."""

    async def get(self) -> None:
        """All report types, one of them with its form."""
        listed = await self.workshop.ask("report.types")
        types = listed.get("types", [])
        name = self.said("name") or next((each["name"] for each in types), "")
        form: dict[str, Any] = {}
        if name:
            lane = self.workshop.free(Lane.REPORT)  # who makes the report then knows its data
            form = await self.workshop.ask(
                "report.form",
                lane,
                report=name,
                data=self.said("data"),
                remember=lane is Lane.REPORT,
            )
        job = self.workshop.job(f"report:{name}")
        done = job.answer.get("folder", "") if job else ""
        folder = self.said("folder") or done
        self.show("report.html", types=types, chosen=name, form=form, folder=folder, stages=STAGES)


class MakeReport(PageHandler):
    """One report made."""

    async def post(self) -> None:
        """Begin; how it goes is told by the channel."""
        name, stage = self.said("report"), self.said("stage", "draft")
        fields = self._fields()
        job = self.workshop.begin(
            Lane.REPORT, f"report:{name}", f"{STAGES.get(stage, '')}：{name}", "report.make",
            report=name, fields=fields, stage=stage, keep=True,
        )  # fmt: skip
        self.finish(job.shown())

    def _fields(self) -> dict[str, Any]:
        """What the form holds: parameters by name, and the texts that people write together as one."""
        names = {
            key: key.encode("latin-1").decode("utf-8", "replace")
            for key in self.request.body_arguments
        }
        given = {names[key]: self.get_body_argument(key, "", strip=False) for key in names}
        fields: dict[str, Any] = {
            key.removeprefix(FIELD): value for key, value in given.items() if key.startswith(FIELD)
        }
        texts = {
            key.removeprefix(TEXT): text for key, text in given.items() if key.startswith(TEXT)
        }
        written = {
            name: words.replace("\r\n", "\n") for name, words in texts.items() if words.strip()
        }
        if written or (
            texts and self.said("old_texts") != "yes"
        ):  # old ones were not shown, so not deleted
            fields["texts"] = written
        return fields


class OwnRows(MakeReport):
    """The texts of the form, in a copy of the workbook."""

    async def post(self) -> None:
        """A row each; nothing is made."""
        answer = await self.workshop.ask(
            "report.rows", report=self.said("report"), fields=self._fields()
        )
        self.show_answer("_rows.html", answer)


class ReportPage(PageHandler):
    """What there is to see of a report that was made."""

    async def get(self) -> None:
        """Its findings and files; the preview's address goes along."""
        folder = self.said("folder")
        known = self._known(folder)
        answer = known or await self.workshop.ask("report.shown", folder=folder)
        self.show_answer("_report.html", answer)

    def _known(self, folder: str) -> dict[str, Any]:
        """What the job told that made it last, if nobody touched anything in the folder since."""
        shown: dict[str, Any] = self.workshop.answer_of(folder).get("shown", {})
        if not shown:
            return {}
        try:
            same = listing.state(self.root / shown["folder"]) == shown["state"]
        except OSError:
            return {}
        return shown if same else {}


class ReportPdf(PageHandler):
    """The report as PDF."""

    async def post(self) -> None:
        """Begin; LibreOffice takes a while."""
        folder = self.said("folder")
        job = self.workshop.begin(
            Lane.REPORT, f"pdf:{folder}", "排成 PDF", "report.printed", folder=folder
        )
        self.finish(job.shown())


class FigureOrigin(PageHandler):
    """Where a figure comes from."""

    async def get(self) -> None:
        """Its formula, sheets and rows."""
        lane = self.workshop.free(Lane.REPORT)  # who made the report knows it and its data
        folder, fact = self.said("folder"), self.said("fact")
        answer = await self.workshop.ask("trace.figure", lane, folder=folder, fact=fact)
        self.show_answer("_figure.html", answer)


class Names(PageHandler):
    """The figures that texts may mention."""

    async def get(self) -> None:
        """Their names, and what they print now."""
        name, folder = self.said("name"), self.said("folder")
        answer = await self.workshop.ask("report.names", report=name, folder=folder)
        self.show_answer("_names.html", answer)


class RowUses(PageHandler):
    """Where a row is printed."""

    async def get(self) -> None:
        """Every place."""
        number = self.said("number")
        if not (number.isascii() and number.isdigit() and len(number) < 9):  # noqa: PLR2004
            self.show(
                "_trouble.html", answer={"trouble": f"“{number[:20]}”不是行号，请写数字，如 12。"}
            )
            return
        folder, sheet = self.said("folder"), self.said("sheet")
        answer = await self.workshop.ask(
            "trace.row",
            self.workshop.free(Lane.REPORT),
            folder=folder,
            sheet=sheet,
            number=int(number),
            column=self.said("column"),
        )
        self.show_answer("_row.html", answer)
