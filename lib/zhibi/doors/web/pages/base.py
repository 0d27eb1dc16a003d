"""What all pages share: who may ask, what a browser is allowed to do with an answer, and errors as sentences."""

from __future__ import annotations

import urllib.parse
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.extension.handler import ExtensionHandlerJinjaMixin, ExtensionHandlerMixin
from tornado import web

from zhibi.doors.web.work.jobs import Workshop

SAYS = {
    400: "请求写得不对，没有做任何事。请刷新页面再试。",
    403: "没有通过身份核对，没有做任何事。请用启动时给出的带口令的网址打开工作台。",
    404: "没有这一页或这个文件。",
    405: "这个网址不能这样用。",
    413: "文件太大，没有收下。",
}
LONGEST_PATH = 1000
# nothing from elsewhere is loaded, nothing of a shown document runs, nobody else may frame the page
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data: blob:; "
    "font-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


class PageHandler(ExtensionHandlerJinjaMixin, ExtensionHandlerMixin, JupyterHandler):
    """One page.

    The token, the origin and XSRF are the server's own: its `prepare` looks at them before anything
    else.
    """

    @property
    def content_security_policy(self) -> str:
        """What a browser may do with it."""
        return POLICY

    async def prepare(self) -> None:  # type: ignore[override]
        """Nobody who did not show the token gets further.

        A page asked for leads to where it can be typed.
        """
        await super().prepare()
        if self._finished or self.current_user is not None:
            return
        if self.request.method not in {"GET", "HEAD"}:
            raise web.HTTPError(403)
        address = self.get_login_url()
        if "?" not in address:  # JupyterHub's knows already where to come back to
            wanted = urllib.parse.urlencode({"next": self.request.uri or self.base_url})
            address = f"{address}?{wanted}"
        self.redirect(address)

    def set_default_headers(self) -> None:
        """Every answer is this user's own, and is what it says it is."""
        super().set_default_headers()
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    @property
    def workshop(self) -> Workshop:
        """The processes that do the work."""
        workshop_of_app: Workshop = self.settings["zhibi_workshop"]
        return workshop_of_app

    @property
    def root(self) -> Path:
        """The top of the workspace."""
        return self.workshop.root

    def show(self, template: str, **values: Any) -> None:
        """Answer with a page, or a piece of one."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        here = self.request.path.removeprefix(self.base_url).strip("/")
        self.finish(self.render_template(template, here=here, file_url=self.file_url, **values))

    def file_url(self, path: str, **more: str) -> str:
        """The address of a file of the workspace."""
        return f"{self.base_url}zhibi/file?{urllib.parse.urlencode({'path': path, **more})}"

    def said(self, name: str, default: str = "") -> str:
        """One word of the request."""
        argument: str | None = self.get_argument(name, None)
        return default if argument is None else argument

    def show_answer(self, template: str, answer: dict[str, Any], **values: Any) -> None:
        """What the desk answers, or its sentence about why there is nothing."""
        if "trouble" in answer:
            self.show("_trouble.html", answer=answer)
        else:
            self.show(template, answer=answer, **values)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A sentence, never a traceback."""
        trouble = kwargs.get("exc_info", (None, None, None))[1]
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.error_page(status_code, trouble))

    def error_page(self, status_code: int, trouble: BaseException | None) -> str:
        """The page of an error, or the piece of one where a piece was asked for."""
        message = getattr(trouble, "zhibi_says", "") or SAYS.get(
            status_code, "程序内部出错，不是您的问题。请刷新页面再试。"
        )
        piece = self.request.headers.get("HX-Request") or self.request.headers.get("X-Piece")
        template = "_trouble.html" if piece else "trouble.html"
        page: str = self.render_template(
            template, answer={"trouble": message}, here="", file_url=self.file_url
        )
        return page
