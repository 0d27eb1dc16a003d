"""Requests -> pages. They know no product: each asks the desk and shows what it answers."""

from __future__ import annotations

from zhibi.doors.web.pages import batch, data, events, files, home, manuscript, report, types

PREFIX = "/zhibi"
ROUTES = (
    ("", home.Home),
    ("/workspace", home.NewWorkspace),
    ("/data", data.Data),
    ("/data/check", data.WorkbookFaults),
    ("/data/mark", data.Marked),
    ("/data/repairs", data.Repairs),
    ("/data/mend", data.Mended),
    ("/data/import", data.ImportRoster),
    ("/upload", files.Upload),
    ("/file", files.FileDownload),
    ("/events", events.Events),
    ("/stop", events.Stop),
    ("/report", report.Reports),
    ("/report/shown", report.ReportPage),
    ("/report/make", report.MakeReport),
    ("/report/pdf", report.ReportPdf),
    ("/report/figure", report.FigureOrigin),
    ("/report/row", report.RowUses),
    ("/report/names", report.Names),
    ("/report/rows", report.OwnRows),
    ("/batch", batch.Batch),
    ("/batch/standing", batch.Standing),
    ("/batch/make", batch.MakeBatch),
    ("/check", manuscript.ManuscriptPage),
    ("/check/findings", manuscript.Findings),
    ("/check/mend", manuscript.Mend),
    ("/check/format", manuscript.OfficialFormPage),
    ("/check/compared", manuscript.Compared),
    ("/check/keep", manuscript.Kept),
    ("/types", types.Types),
    ("/types/new", types.New),
    ("/types/old", types.AfterOld),
    ("/types/profile", types.ProfilePage),
)


def routes() -> list[tuple[str, type]]:
    """Every address and who answers it."""
    return [(f"{PREFIX}{address}/?", handler) for address, handler in ROUTES]
