"""模板: report types and their notebooks, new ones, and profiles with their clauses."""

from __future__ import annotations

from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing
from zhibi.doors.web.work.jobs import Lane


class Types(PageHandler):
    """The page."""

    async def get(self) -> None:
        """What there is."""
        answer = await self.workshop.ask("report.types")
        lab = "jupyterlab" in self.serverapp.extension_manager.extension_apps
        books, old = listing.workbooks(self.root), self.said("old")
        self.show("types.html", answer=answer, has_lab=lab, books=books, old=old)


class New(PageHandler):
    """A new report type."""

    async def post(self) -> None:
        """Lay it out."""
        words = {key: self.said(key) for key in ("name", "like", "title", "form")}
        self.show_answer("_new.html", await self.workshop.ask("types.new", **words))


class AfterOld(PageHandler):
    """A new report type after an old report."""

    async def post(self) -> None:
        """Bind its figures to a workbook, and say what was bound."""
        words = {key: self.said(key) for key in ("name", "old", "data", "title", "form")}
        lab = "jupyterlab" in self.serverapp.extension_manager.extension_apps
        answer = await self.workshop.ask("types.old", Lane.REPORT, **words)
        self.show_answer("_started.html", answer, has_lab=lab)


class ProfilePage(PageHandler):
    """A profile."""

    async def get(self) -> None:
        """Its values with their clauses."""
        answer = await self.workshop.ask("types.profile", name=self.said("name"))
        self.show_answer("_profile.html", answer)
