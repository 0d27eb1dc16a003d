"""数据: choose or drop a workbook, see what is wrong with it, get the copies."""

from __future__ import annotations

from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing


class Data(PageHandler):
    """The page."""

    def get(self) -> None:
        """All workbooks, one of them chosen."""
        files = listing.workbooks(self.root) + listing.rosters(self.root)
        paths = [each["path"] for each in files]
        chosen = self.said("file") or (paths[0] if paths else "")
        self.show("data.html", files=files, chosen=chosen)


class WorkbookFaults(PageHandler):
    """What is wrong with one workbook."""

    async def get(self) -> None:
        """As a piece of the page."""
        self.show_answer(
            "_faults.html", await self.workshop.ask("data.check", file=self.said("file"))
        )


class ImportRoster(PageHandler):
    """A roster or ledger brought in."""

    async def post(self) -> None:
        """Bring it in, or ask what must be known first."""
        keys = self.get_body_arguments("key")
        answers = dict(zip(keys, self.get_body_arguments("answer"), strict=False))
        answer = await self.workshop.ask(
            "data.import",
            file=self.said("file"),
            into=self.said("into"),
            sheet=self.said("sheet"),
            answers={key: words for key, words in answers.items() if words},
        )
        self.show_answer("_import.html", answer)


class Repairs(PageHandler):
    """What can be put right without asking anybody."""

    async def get(self) -> None:
        """As a piece of the page."""
        answer = await self.workshop.ask("data.repairs", file=self.said("file"))
        self.show_answer("_repairs.html", answer)


class Mended(PageHandler):
    """A copy with repairs."""

    async def post(self) -> None:
        """With those chosen, or with all."""
        chosen = self.get_body_arguments("repair")
        answer = await self.workshop.ask(
            "data.mend",
            file=self.said("file"),
            chosen=[int(each) for each in chosen if each.isascii() and each.isdigit()],
            cells=self.get_body_arguments("cell"),
            everything=self.said("all") == "yes",
        )
        self.show_answer("_mended_data.html", answer)


class Marked(PageHandler):
    """The copy to send back."""

    async def post(self) -> None:
        """Write it and say where it is."""
        answer = await self.workshop.ask("data.mark", file=self.said("file"))
        self.show_answer("_made.html", answer, what="标出问题的副本")
