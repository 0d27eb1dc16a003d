"""The first page: where to begin; without a workspace, the button that makes one."""

from __future__ import annotations

from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing


class Home(PageHandler):
    """The front door."""

    def get(self) -> None:
        """The data page of a workspace, else how to make one."""
        if listing.is_workspace(self.root):
            self.redirect(f"{self.base_url}zhibi/data")
        else:
            self.show("start.html", root=str(self.root))


class NewWorkspace(PageHandler):
    """A workspace laid out here."""

    async def post(self) -> None:
        """Lay it out; what exists stays."""
        answer = await self.workshop.ask("workspace.new")
        if "trouble" in answer:
            self.show("trouble.html", answer=answer)
        else:
            self.redirect(f"{self.base_url}zhibi/data")
