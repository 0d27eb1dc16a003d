"""检查: any Word file with what is wrong in its margin, and repairs taken one by one."""

from __future__ import annotations

from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing


class ManuscriptPage(PageHandler):
    """The page."""

    def get(self) -> None:
        """A file chosen or not yet."""
        asked = {name: self.said(name) for name in ("file", "data", "run")}
        books, runs = listing.workbooks(self.root), listing.runs(self.root)
        self.show("check.html", **asked, books=books, runs=runs)


class Findings(PageHandler):
    """What is wrong with one file."""

    async def get(self) -> None:
        """As a piece of the page."""
        answer = await self.workshop.ask(
            "manuscript.check", file=self.said("file"), data=self.said("data")
        )
        self.show_answer("_findings.html", answer)


class Mend(PageHandler):
    """A corrected copy."""

    async def post(self) -> None:
        """With the repairs chosen."""
        chosen = [
            int(each)
            for each in self.get_body_arguments("repair")
            if each.isascii() and each.isdigit()
        ]
        answer = await self.workshop.ask(
            "manuscript.repair", file=self.said("file"), data=self.said("data"), chosen=chosen,
            accept=self.said("accept") == "yes",
        )  # fmt: skip
        self.show_answer("_mended.html", answer)


class OfficialFormPage(PageHandler):
    """A copy in official form."""

    async def post(self) -> None:
        """With the words untouched, and what its layout is unsure of."""
        answer = await self.workshop.ask("manuscript.format", file=self.said("file"))
        self.show_answer("_formatted.html", answer)


class Compared(PageHandler):
    """An edited draft held against the run it came from."""

    async def get(self) -> None:
        """What was changed, and which figures no longer follow from the data."""
        answer = await self.workshop.ask(
            "edited.compare", file=self.said("file"), run=self.said("run")
        )
        self.show_answer("_compared.html", answer)


class Kept(PageHandler):
    """Words of an edited draft, taken back."""

    async def post(self) -> None:
        """Into the parameter file of its report."""
        answer = await self.workshop.ask(
            "edited.keep", file=self.said("file"), run=self.said("run")
        )
        self.show_answer("_kept.html", answer)
