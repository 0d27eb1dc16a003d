"""A request -> a plan: every name looked up, every parameter settled, and still nothing has run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from gongwen import atomic_files
from gongwen import profile as profiles
from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.errors import InvalidInput, UnknownName
from gongwen.findings import Finding, Level, Location
from zhibi import domain
from zhibi.data.contract import Contract
from zhibi.data.dataset import Dataset
from zhibi.data.read import called
from zhibi.data.snapshot.own_tables import OwnTables
from zhibi.domain import Division, Domain, Organisation
from zhibi.notebook import elements as notebook_elements
from zhibi.notebook import file as notebooks
from zhibi.notebook import parameters as params
from zhibi.notebook.file import About
from zhibi.notebook.own_table import tables_in
from zhibi.report.request import Plan, Request
from zhibi.workspace import workspace as workspaces
from zhibi.workspace.address import address, is_address
from zhibi.workspace.workspace import Report, Workspace

WHOLE = {"county": "全县", "branch": "未指明组织", "subtree": "未指明组织"}
MASKED = "（脱敏）"
ALWAYS = "不分期"


def prepare(request: Request) -> Plan:
    """Locate the report, read its notebook, settle its parameters and find its profile."""
    place = find_workspace(request)
    report = workspaces.locate(place, request.report, request.here)
    nb = notebooks.read(report.notebook)
    about = notebooks.about(nb, report.notebook.name)
    notebooks.refuse_second_parameters(nb, report.notebook.name)
    declared = params.declared(notebooks.declaration(nb), report.notebook.name)
    if about and about.data and not declared:
        refuse_untagged(report.notebook.name)
    own = find_domain(place, about)
    contract = own.contract if own else None
    check_roles(about, declared, contract)
    parameters = params.settle(declared, given(request, place, report, about))
    refuse_password(about, params.values(declared, parameters))
    layout = (about.layout if about else "") or place.settings.profile
    look = profiles.load(layout, place.templates)
    around = notebook_elements.of(about, params.values(declared, parameters), report.notebook.name)
    code = (cell.source for cell in nb.cells if cell.cell_type == "code")
    return Plan(
        request=request,
        workspace=place,
        report=report,
        notebook=nb,
        about=about,
        declared=declared,
        parameters=parameters,
        profile=look,
        contract=contract,
        elements=around,
        divide=own.divide if own else None,
        tables=tables_in(code, params.values(declared, parameters)),
    )


def own_tables(plan: Plan, division: Division) -> OwnTables:
    """The tables without a contract that the notebook opens, to be cut by the organisations of a division."""
    reporters = plan.contract.reporters if plan.contract else None
    headers = reporters.names if reporters else ()

    def names_of(org: Organisation) -> set[str]:
        return {org.name, *(org.fields.get(header, "") for header in headers)} - {""}

    names = {org.code: names_of(org) for org in division.organisations}
    return OwnTables(plan.tables, names, plan.workspace.root)


def find_workspace(request: Request) -> Workspace:
    """The workspace of the notebook given by path, else the one the user stands in.

    A lone notebook needs none.
    """
    if not request.report.endswith(".ipynb"):
        return workspaces.require(request.here)
    own = workspaces.find((request.here / request.report).parent) or workspaces.find(request.here)
    return own or Workspace(request.here)


def find_domain(place: Workspace, about: About | None) -> Domain | None:
    """The domain whose workbook a notebook reads, for one that reads any."""
    if about is None or not about.data:
        return None
    return domain.find(domain_name(place), place.root)


def domain_name(place: Workspace) -> str:
    """The domain of a workspace: the one it names, else the one installed."""
    return domain.name_of(place)


def check_roles(
    about: About | None, declared: Iterable[params.Parameter], contract: Contract | None
) -> None:
    """The metadata names what holds data, period and organisation.

    Parameters, or for the last two settings.
    """
    if about is None:
        return
    names = tuple(parameter.name for parameter in declared)
    settings = tuple(column.header for column in contract.settings) if contract else ()
    anything = (*names, *settings)
    for role, known in (
        (about.data, names),
        (about.elements, names),
        (about.anonymise, names),
        (about.period, anything),
        (about.org, anything),
    ):
        if role and role not in known:
            raise UnknownName("参数（笔记本的 zhibi 元数据提到它）", role, known)


def refuse_untagged(name: str) -> NoReturn:
    """A report that takes data and declares no parameter: the tag of the cell was lost."""
    message = "没有一格带 parameters 标签（或者那一格是空的），不知道这种报告有哪些参数"
    hint = "请在 JupyterLab 里选中写参数的那一格，在右侧的属性栏给它加上标签 parameters。"
    raise InvalidInput(name, [Finding("C00", Level.ERROR, Location(file=name), message, hint)])


def given(
    request: Request, place: Workspace, report: Report, about: About | None
) -> tuple[params.GivenValue, ...]:
    """All values given, the later stronger: the file's, then -p, then --data."""
    from_file = params.from_file(report.parameters) if report.parameters else ()
    return (*from_file, *params.from_options(request.options), *data_option(request, place, about))


def data_option(
    request: Request, place: Workspace, about: About | None
) -> tuple[params.GivenValue, ...]:
    """`--data` as the parameter that the notebook takes its workbook from."""
    if request.data is None:
        return ()
    if about is None or not about.data:
        raise UnknownName("选项（这个笔记本的元数据没有说哪个参数是数据文件）", "--data", ())
    where = request.data if isinstance(request.data, str) and is_address(request.data) else None
    path = where or place.relative((request.here / request.data).resolve())
    return params.from_options([f"{about.data}={path}"])


def refuse_password(about: About | None, parameters: Mapping[str, Any]) -> None:
    """Parameters are written down in run.ipynb and run.json, so no address among them may hold a password."""
    given = parameters.get(about.data) if about else None
    if isinstance(given, str) and is_address(given) and address(given).password is not None:
        message = "数据库密码不能写在参数里：参数会原样记入 run.ipynb 和 run.json。"
        hint = "请删去密码，改用环境变量 PGPASSWORD 或 ~/.pgpass；或者用 --data 给出地址，密码不会记下来。"
        raise InvalidInput(
            "参数",
            [
                Finding(
                    "C07", Level.ERROR, Location(column=about.data if about else ""), message, hint
                )
            ],
        )


def output_folder(plan: Plan, data: Dataset | None, *, masked: bool = False) -> Path:
    """outputs/<report>/<period>/<region>/<org>/ in the workspace, or the folder asked for.

    Never open and masked in one.

    A report about the whole region, or from a workbook that knows no regions, has one level less.
    """
    if plan.request.out is not None:
        return (plan.request.here / plan.request.out).resolve()
    org = _known(plan, data).get(plan.about.org) if plan.about else None
    whole = WHOLE[plan.about.scope] if plan.about else WHOLE["branch"]
    name = str(org or whole)
    return atomic_files.folder(
        period_folder(plan, data, above=name), f"{name}{MASKED if masked else ''}"
    )


def period_folder(plan: Plan, data: Dataset | None, above: str = "") -> Path:
    """Where the reports of a period and a region lie, each in its own folder."""
    root = plan.workspace.root / "outputs"
    place = region(plan, data)
    levels = (place,) if place and place != above else ()
    return atomic_files.folder(root, plan.report.name, period(plan, data), *levels)


def region(plan: Plan, data: Dataset | None) -> str:
    """The region that the data are about, for a workbook that says so."""
    name = plan.contract.region if plan.contract else ""
    value = _known(plan, data).get(name) if name else None
    return str(value or "")


def owner_of(plan: Plan, data: Dataset | None, names: Pseudonyms | None = None) -> str:
    """Whose data a report is made from, as its folder remembers it.

    A region, else the source by its name.
    """
    owner = region(plan, data) or (called(plan.source) if plan.source else "")
    return names.mask(owner) if names else owner


def period(plan: Plan, data: Dataset | None) -> str:
    """The period a report is about, as its folder is called."""
    found = _known(plan, data).get(plan.about.period) if plan.about else None
    return str(found or ALWAYS)


def _known(plan: Plan, data: Dataset | None) -> dict[str, Any]:
    """Settings of the workbook and parameters by name; a parameter is the stronger."""
    settings = {name: fact.value for name, fact in data.settings.items()} if data else {}
    return {**settings, **plan.values}
