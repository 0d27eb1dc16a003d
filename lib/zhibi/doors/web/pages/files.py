"""Files that come in, whole and of a bearable size, and files of the workspace that go out as downloads."""

from __future__ import annotations

import contextlib
import tempfile
import urllib.parse
from pathlib import Path
from typing import IO, Any

from tornado import iostream, web

from gongwen.atomic_files import safe_name
from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing

LIMIT_MB = 50
LIMIT = LIMIT_MB * 1024 * 1024
PIECE = 1 << 20
READ_TO_ITS_END = (
    1 << 30
)  # of what is refused: a connection that is cut amid sending loses the answer
ACCEPTED = {
    "data": {*listing.KINDS, *listing.ROSTERS},
    "folder": {".xlsx", ".xlsm", ".csv"},
    "check": {".docx", ".md", ".txt"},
    "old": {".docx", ".md", ".txt"},
}
FOLDERS = {"data": "data", "check": "outputs/检查", "old": "outputs/旧报告"}
SERVED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    **dict.fromkeys(listing.ROSTERS, "application/octet-stream"),
    ".json": "application/octet-stream",
    ".ipynb": "application/octet-stream",
}
SCREEN = "outputs/.zhibi/web"
OLE = b"\xd0\xcf\x11\xe0"
HINTS = {
    ".xls": "是旧版 Excel 文件，请在 Excel 或 WPS 里另存为 .xlsx 再拖进来。",
    ".et": "是 WPS 表格文件，请另存为 .xlsx 再拖进来。",
    ".xlsb": "是二进制的 Excel 工作簿，请在 Excel 或 WPS 里另存为 .xlsx 再拖进来。",
    ".tsv": "是制表符分隔的文本，请用 Excel 或 WPS 打开，另存为 .xlsx 再拖进来。",
    ".doc": "是旧版 Word 文件，请在 Word 或 WPS 里另存为 .docx 再拖进来。",
    ".wps": "是 WPS 文字文件，请另存为 .docx 再拖进来。",
}


class Refused(web.HTTPError):
    """An upload that is not taken in, with the sentence that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status)
        self.zhibi_says = message


def _folder_name(name: str) -> str:
    """One level below the workbooks, whatever the browser says; empty for a file by itself."""
    last = Path(name.replace("\\", "/")).name
    return safe_name(last) if last else ""


@web.stream_request_body
class Upload(PageHandler):
    """One file, streamed to the disk: it is never in memory as a whole, and in place only when all of it is there."""

    _file: IO[bytes] | None = None
    _refusal: web.HTTPError | None = None
    _answered = False
    _size = 0

    async def prepare(self) -> None:  # type: ignore[override]
        """Everything that can be said before the first byte is read."""
        try:
            await super().prepare()
        except web.HTTPError as refusal:
            await self._answer_early(refusal)
            return
        if self.request.method != "POST" or self._finished:
            return
        self.request.connection.set_max_body_size(READ_TO_ITS_END)  # type: ignore[union-attr]
        self._into = self.get_query_argument("into", "")
        self._folder = _folder_name(self.get_query_argument("folder", ""))
        self._name = safe_name(Path(self.get_query_argument("name", "").replace("\\", "/")).name)
        if int(self.request.headers.get("Content-Length") or 0) > LIMIT:
            await self._answer_early(self._too_large())
            return
        self._refusal = self._unknown()
        if self._refusal is not None:
            return  # said when all has come: who is cut off amid sending does not hear
        folder = self.root / "outputs" / ".zhibi" / "web"
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.NamedTemporaryFile(dir=folder, prefix="收", delete=False)  # noqa: SIM115

    async def _answer_early(self, refusal: web.HTTPError) -> None:
        """Answer at once, and let what is being sent pass by: the connection is left as it should be."""
        length = int(self.request.headers.get("Content-Length") or 0)
        if self.request.method != "POST" or length > READ_TO_ITS_END:
            raise refusal
        self.request.connection.set_max_body_size(READ_TO_ITS_END)  # type: ignore[union-attr]
        page = self.error_page(refusal.status_code, refusal).encode()
        self.set_status(refusal.status_code)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Length", str(len(page)))
        self.write(page)
        self._answered = True
        await self.flush()

    def _too_large(self) -> Refused:
        message = (
            f"“{self._name}”超过{LIMIT_MB}MB，没有收下。请删去里面的图片和用不到的工作表再试。"
        )
        return Refused(413, message)

    def data_received(self, chunk: bytes) -> None:
        """The next piece."""
        if self._file is None:
            return
        self._size += len(chunk)
        if self._size > LIMIT:
            self._discard()
            self._refusal = self._too_large()  # said when all has come, see `prepare`
            return
        try:
            self._file.write(chunk)
        except OSError as trouble:
            self._discard()
            message = f"写不下（{trouble.strerror}）。请清理磁盘再试，原有文件没有改动。"
            self._refusal = Refused(507, message)  # said when all has come, see `prepare`

    async def post(self) -> None:
        """All of it is there: put it in place.

        A different file of that name stays, and this one is numbered.
        """
        if self._answered:
            self.finish()
            return
        if self._refusal is not None:
            raise self._refusal
        if self._file is None:
            raise Refused(400, "没有收到文件。")
        received = Path(self._file.name)
        try:
            self._file.close()  # what is still to be written may not find room
            self._refuse_impostor(received)
            target = self._in_place(received)
        except OSError as trouble:
            raise Refused(507, f"写不进去（{trouble.strerror}）。原有文件没有改动。") from None
        finally:
            self._discard()
        folder = target.parent.name if self._folder else ""
        path = target.relative_to(self.root).as_posix()
        self.finish({"path": path, "name": target.name, "folder": folder})

    def on_connection_close(self) -> None:
        """The browser went away amid the file."""
        self._discard()
        super().on_connection_close()

    def _unknown(self) -> Refused | None:
        """Why a file of this name is not taken in here."""
        kinds = ACCEPTED.get("folder" if self._folder and self._into == "data" else self._into)
        suffix = Path(self._name).suffix.lower()
        if kinds is None:
            return Refused(400, "不知道放到哪里，没有收下。请刷新页面再试。")
        if suffix in kinds:
            return None
        hint = HINTS.get(suffix, f"不是这里能用的文件。请选 {'、'.join(sorted(kinds))}。")
        return Refused(415, f"“{self._name}”{hint}")

    def _refuse_impostor(self, received: Path) -> None:
        """A name can say anything."""
        with received.open("rb") as file:
            head = file.read(4)
        suffix = Path(self._name).suffix.lower()
        if self._size == 0:
            raise Refused(415, f"“{self._name}”是空的，没有收下。")
        if suffix in {".xlsx", ".xlsm", ".docx"} and head[:2] != b"PK":
            message = "加了密码或其实是旧版格式" if head == OLE else "内容不是 Office 文件"
            raise Refused(
                415,
                f"“{self._name}”{message}，没有收下。请在 Office 里打开，去掉密码，另存一份再试。",
            )

    def _in_place(self, received: Path) -> Path:
        folder = self.root / FOLDERS[self._into]
        if self._into == "check":
            folder = folder / safe_name(Path(self._name).stem)
        elif self._folder:
            folder = self._together(folder)
        folder.mkdir(parents=True, exist_ok=True)
        target, number = folder / self._name, 1
        while target.exists() and target.read_bytes() != received.read_bytes():
            number += 1
            target = folder / f"{Path(self._name).stem}（{number}）{Path(self._name).suffix}"
        return received.replace(target)

    def _together(self, above: Path) -> Path:
        """Where files that were dropped together lie: the first of them begins a folder of its own."""
        folder, number = above / self._folder, 1
        while self.get_query_argument("fresh", "") == "yes" and folder.exists():
            number += 1
            folder = above / f"{self._folder}（{number}）"
        return folder

    def _discard(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                Path(file.name).unlink(missing_ok=True)


class FileDownload(PageHandler):
    """One file of the workspace, as a download.

    Reports and what belongs to them, workbooks, checked files.
    """

    async def get(self) -> None:
        """Sent piece by piece; never something the browser would run."""
        path = self._allowed(self.get_query_argument("path", ""))
        self.set_header("Content-Type", SERVED[path.suffix.lower()])
        name = urllib.parse.quote(self.get_query_argument("name", "") or path.name)
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
        self.set_header("Content-Length", str(path.stat().st_size))
        with path.open("rb") as file, contextlib.suppress(iostream.StreamClosedError):
            while piece := file.read(PIECE):
                self.write(piece)
                await self.flush()
        self.finish()

    def _allowed(self, name: str) -> Path:
        try:
            path = (self.root / name).resolve()
        except (OSError, ValueError):
            raise web.HTTPError(404) from None
        folders = [(self.root / folder).resolve() for folder in ("outputs", "data")]
        parts: tuple[Any, ...] = (
            path.relative_to(self.root).parts if path.is_relative_to(self.root) else (".",)
        )
        hidden = any(str(part).startswith(".") for part in parts)
        if hidden and not (path.is_relative_to(self.root / SCREEN) and path.suffix == ".docx"):
            raise web.HTTPError(404)
        if (
            not any(path.is_relative_to(folder) for folder in folders)
            or path.suffix.lower() not in SERVED
        ):
            raise web.HTTPError(404)
        if not path.is_file():
            raise web.HTTPError(404)
        return path
