"""批量: every organisation's report, how it stands, and the batch begun, stopped and taken up again."""

from __future__ import annotations

from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing
from zhibi.doors.web.work.jobs import Lane


class Batch(PageHandler):
    """The page."""

    async def get(self) -> None:
        """All report types that are made for each organisation."""
        listed = await self.workshop.ask("report.types")
        types = [each for each in listed.get("types", []) if each["scope"] == "branch"]
        name = self.said("name") or next((each["name"] for each in types), "")
        books = listing.workbooks(self.root)
        self.show("batch.html", types=types, chosen=name, data=self.said("data"), books=books)


class Standing(PageHandler):
    """How each organisation's report stands."""

    async def get(self) -> None:
        """As a piece of the page; what a batch under way said last goes along."""
        name = self.said("name")
        job = self.workshop.job(f"batch:{name}")
        answer = await self.workshop.ask("batch.standing", report=name, data=self.said("data"))
        self.show_answer("_batch.html", answer, made=job.answer if job and job.ended else {})


class MakeBatch(PageHandler):
    """The batch."""

    async def post(self) -> None:
        """Begin, or take up again."""
        name = self.said("report")
        job = self.workshop.begin(
            Lane.BATCH, f"batch:{name}", f"成批生成：{name}", "batch.make",
            report=name, stage=self.said("stage", "draft"), only=",".join(self.get_arguments("only")),
            fresh=self.said("fresh") == "yes", data=self.said("data"),
        )  # fmt: skip
        self.finish(job.shown())
