"""A YAML file, or `-p name=value` -> given values, each with where it was written.

The file is the one `papermill -f` reads, and is read alike: dates stay text. What papermill lets
pass and a report must not (a name written twice, a value that is not JSON) is refused.
"""

from __future__ import annotations

import pickle
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from gongwen.atomic_files.whole_file import whole_file
from gongwen.errors import InvalidInput, UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.parameters.slips import slips_in, swallowed_keys


@dataclass(frozen=True, slots=True)
class GivenValue:
    """One value for one parameter.

    Words of the command line (`raw`) are still to be read as the declared kind.
    """

    name: str
    value: Any
    place: Location
    raw: bool = False


_LARGEST = 4 * 2**20
_DEEPEST = 30
_TOO_DEEP = f"括号或缩进套了{_DEEPEST}层以上"
_NO_ALIAS = "不能用“*名称”引用别处的内容"
_NO_VALUES = (
    ValueError,
    TypeError,
    RecursionError,
    OverflowError,
)  # a number too long, a key that is a list


def _without_dates(resolvers: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]


class Loader(yaml.SafeLoader):
    """YAML as papermill reads it: safe, and without dates; a key written twice is an error."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own class attribute
        first: _without_dates(entries)
        for first, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping whose keys are all different."""
        keys: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in keys:
                raise yaml.constructor.ConstructorError(
                    None, None, f"“{key.value}”写了两次", key.start_mark
                )
            keys.add(key.value if isinstance(key, yaml.ScalarNode) else repr(key))
        return super().construct_mapping(node, deep=deep)


def from_file(path: Path) -> tuple[GivenValue, ...]:
    """The values of a parameters file, in its order, each with its line."""
    values: tuple[GivenValue, ...] = pickle.loads(_values(path, _text(path)))  # noqa: S301  # our own
    return values


@lru_cache(maxsize=8)  # every report of a batch reads it again
def _values(path: Path, text: str) -> bytes:
    """The values of a text, ready to be copied: whoever asks may change his own."""
    return pickle.dumps(_read(path, text), pickle.HIGHEST_PROTOCOL)


def _read(path: Path, text: str) -> tuple[GivenValue, ...]:
    try:
        _keep_plain(text)
        loader = Loader(text)
        node = loader.get_single_node()
        values = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, *_NO_VALUES) as trouble:
        faults = slips_in(path.name, text) or [_fault(path.name, trouble)]
        raise InvalidInput(str(path), faults) from trouble
    if node is None or values is None:
        return ()
    if not isinstance(node, yaml.MappingNode):
        place = Location(file=path.name)
        other = [Finding("C01", Level.ERROR, place, "应为一组“名称: 值”，每行一个")]
        raise InvalidInput(str(path), slips_in(path.name, text) or other)
    if swallowed := swallowed_keys(path.name, node):
        raise InvalidInput(str(path), swallowed)
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    return tuple(
        GivenValue(
            str(name), value, Location(file=path.name, spot=f"第{lines.get(str(name), 1)}行")
        )
        for name, value in values.items()
    )


def from_options(options: Iterable[str]) -> tuple[GivenValue, ...]:
    """The values of `-p name=value`, in the order typed.

    All that are not of this form are reported at once.
    """
    pairs = [option.partition("=") for option in options]
    faults = [
        Finding("C01", Level.ERROR, Location(spot=f"-p {name}"), "应写成“名称=值”")
        for name, equals, _ in pairs
        if not equals or not name
    ]
    if faults:
        raise InvalidInput("参数", faults)
    return tuple(
        GivenValue(name.strip(), value, Location(spot=f"-p {name.strip()}"), raw=True)
        for name, _, value in pairs
    )


def parse(text: str) -> Any:
    """One YAML text as a value; raises yaml.YAMLError."""
    try:
        _keep_plain(text)
        return yaml.load(text, Loader=Loader)  # noqa: S506  # Loader is a SafeLoader
    except _NO_VALUES as trouble:
        raise yaml.YAMLError(str(trouble)) from trouble


def _keep_plain(text: str) -> None:
    """Raise yaml.YAMLError for what no parameters need.

    References, which multiply what they name, and endless depth.
    """
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _refused(_NO_ALIAS, event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _refused(_TOO_DEEP, event)


def _refused(problem: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    mark: Any = event.start_mark
    return yaml.MarkedYAMLError(None, None, problem, mark)


def _text(path: Path) -> str:
    try:
        return whole_file(path, _LARGEST).decode("utf-8-sig")
    except FileNotFoundError as trouble:
        raise UnreadableFile(path, "没有这个文件", "请检查路径。") from trouble
    except UnicodeDecodeError as trouble:
        raise UnreadableFile(path, "不是 UTF-8 编码", "请用记事本另存为 UTF-8。") from trouble
    except OSError as trouble:
        raise UnreadableFile(path, f"读不了（{trouble.strerror}）", "请检查文件权限。") from trouble


def _fault(name: str, trouble: Exception) -> Finding:
    mark = getattr(trouble, "problem_mark", None)
    place = Location(file=name, spot=f"第{mark.line + 1}行" if mark else "")
    problem = str(getattr(trouble, "problem", None) or "不是有效的 YAML")
    message = (
        problem
        if "写了两次" in problem or problem in (_TOO_DEEP, _NO_ALIAS)
        else f"不是有效的 YAML（{problem}）"
    )
    return Finding(
        "C01", Level.ERROR, place, message, "请按“名称: 值”书写，冒号后空一格，文字可加引号。"
    )
