"""Jupyter Server -> the workbench in it: login, origins, XSRF, base address and kernels stay the server's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp, ExtensionAppJinjaMixin
from jupyter_server.serverapp import ServerApp

from zhibi.doors.web import pages
from zhibi.doors.web.work.jobs import Workshop
from zhibi.workspace import workspace

HOME = Path(__file__).parent
# few words in the terminal, and nothing that would ask the internet: no news, no updates, no
# extensions to install
QUIETLY = (
    "--log-level=ERROR",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


class Workbench(ExtensionAppJinjaMixin, ExtensionApp):
    """The workbench 工作台."""

    name = "zhibi"
    app_name = "执笔工作台"
    description = "执笔工作台：在浏览器里检查数据、生成报告、核对出处、检查公文。"
    extension_url = "/zhibi"
    load_other_extensions = True
    static_paths = [str(HOME / "static")]  # noqa: RUF012  # traitlets
    template_paths = [str(HOME / "templates")]  # noqa: RUF012
    serverapp_config = {  # noqa: RUF012
        "jpserver_extensions": {
            "zhibi.doors.web": True,
            "zhibi.doors.lab": True,
            "jupyterlab": True,
        },
        "allow_root": True,
    }

    @classmethod
    def get_extension_package(cls) -> str:
        """The module that Jupyter Server asks for the extension."""
        return "zhibi.doors.web"

    def initialize_settings(self) -> None:
        """One workshop for the workspace the server stands in."""
        assert self.serverapp is not None
        stands_in = Path(self.serverapp.root_dir).resolve()
        home = workspace.find(stands_in)
        self.settings["zhibi_workshop"] = Workshop(home.root if home else stands_in)

    def initialize_handlers(self) -> None:
        """Every address."""
        self.handlers.extend(pages.routes())

    async def _start_jupyter_server_extension(self, serverapp: ServerApp) -> None:
        """Warm what will be asked first; say where the workbench is if it was what was started."""
        self.settings["zhibi_workshop"].warm()
        if serverapp.starter_app is self or getattr(serverapp, "_starter_app", None) is self:
            print(f"工作台已启动，请在浏览器打开：{serverapp.local_url}", flush=True)  # noqa: T201  # a door may speak

    async def stop_extension(self) -> None:
        """The processes end with the server."""
        await self.settings["zhibi_workshop"].close()


def main(argv: list[str] | None = None, **settings: Any) -> None:
    """Start a server with the workbench in it, as `jupyter zhibi` does."""
    words = [*QUIETLY, *(sys.argv[1:] if argv is None else argv)]
    Workbench.launch_instance(words, **settings)  # type: ignore[no-untyped-call]
