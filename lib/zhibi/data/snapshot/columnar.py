"""A Dataset <-> Arrow files, one a sheet, and one JSON file.

Reading back gives equal frames, origins and facts.

What a document can depend on is in `CONTENT` and the sheets; where the rows were read from is in
`SOURCE`, apart, so that a branch whose rows did not change has the same bytes after another
branch's rows did.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]

from gongwen.document import codec
from gongwen.errors import UnreadableFile, UnreadableOutput
from gongwen.facts.value import Fact
from zhibi.data.contract import Column, Contract, Kind, Sheet
from zhibi.data.dataset import ORIGIN, Dataset, Frames, Source
from zhibi.data.figures.origin import HEADERS, AsRead
from zhibi.data.reading.arrays import STRING, empty_column, to_arrow, to_pandas
from zhibi.data.reading.columns import with_own_columns
from zhibi.data.snapshot.access_scope import refuse_other_folder

_ONE_THREAD = pa.ipc.IpcReadOptions(use_threads=False)
CONTENT, SOURCE = "content.json", "source.json"
SUFFIX = ".arrow"
_NO_ROWS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Stored:
    """Rows of a sheet as Arrow keeps them, and the files and sheets they come from, named also where no row is left.

    Nothing leads from it to rows that were not taken.
    """

    sheet: Sheet
    files: tuple[str, ...]
    sheets: tuple[str, ...]
    # Arrow's: the columns of the origin, then those of the sheet; None where no row is left
    batch: Any

    @cached_property
    def frame(self) -> pd.DataFrame:
        """These rows as a frame, one for all slices that share them."""
        return _frame(self, small=False)

    def __call__(self) -> pd.DataFrame:
        """What makes the frame, for `Frames`."""
        return self.frame

    def take(self, positions: Sequence[int] | np.ndarray[Any, Any], home: str) -> Stored:
        """Some of the rows, as `excerpt` takes them from a frame."""
        if not len(positions):
            several = len(self.sheets) > 1
            return Stored(
                self.sheet,
                (home,) if len(self.files) > 1 else self.files,
                (self.sheet.title,) if several else self.sheets,
                None,
            )
        taken = self.batch.take(pa.array(positions, pa.int64()))
        if len(self.files) == 1 and len(self.sheets) == 1:
            return Stored(self.sheet, self.files, self.sheets, taken)
        *codes, rows = taken.columns[: len(ORIGIN)]
        (file, files), (sheet, sheets) = map(_used, codes, (self.files, self.sheets))
        columns = [file, sheet, rows, *taken.columns[len(ORIGIN) :]]
        return Stored(self.sheet, files, sheets, pa.record_batch(columns, schema=taken.schema))

    def rows(self, file: str = "") -> frozenset[int]:
        """The Excel rows of a file; without one, those of all files."""
        if self.batch is None or (file and file not in self.files):
            return frozenset()
        file_of, _, rows = self.batch.columns[: len(ORIGIN)]
        numbers = rows.to_numpy()
        return frozenset(
            (numbers[file_of.to_numpy() == self.files.index(file)] if file else numbers).tolist()
        )

    def levels(self, contract: Sheet | None = None) -> dict[str, Any]:
        """What the JSON file tells of a sheet; of one of a contract, the columns that are not."""
        known = contract.headers if contract else self.sheet.headers
        own = [[c.header, str(c.kind)] for c in self.sheet.columns if c.header not in known]
        return {
            **({"own": own} if own else {}),
            "files": list(self.files),
            "sheets": list(self.sheets),
            "rows": 0 if self.batch is None else self.batch.num_rows,
        }

    def written(self) -> bytes:
        """The bytes of its Arrow file; none without rows."""
        if self.batch is None:
            return b""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self.batch.schema) as writer:
            writer.write_batch(self.batch)
        content: bytes = sink.getvalue().to_pybytes()
        return content


PackedSheet = tuple[Stored, bytes]


def stored(frame: pd.DataFrame, sheet: Sheet) -> Stored:
    """The rows of a frame as Arrow keeps them."""
    index = frame.index
    assert isinstance(index, pd.MultiIndex)
    files, sheets = tuple(map(str, index.levels[0])), tuple(map(str, index.levels[1]))
    sheet = with_own_columns(sheet, frame)
    if frame.empty:
        return Stored(sheet, files, sheets, None)
    bare = frame.set_axis(pd.RangeIndex(len(frame)))  # a column taken out copies its index
    origin: dict[str, Any] = {
        name: pa.array(index.codes[level], pa.int32()) for level, name in enumerate(ORIGIN[:2])
    }
    origin[ORIGIN[2]] = pa.array(index.get_level_values(ORIGIN[2]), pa.int64())
    columns = {
        column.header: to_arrow(bare[column.header].array, column) for column in sheet.columns
    }
    table = pa.table({f"#{name}": array for name, array in origin.items()} | columns)
    return Stored(sheet, files, sheets, table.combine_chunks().to_batches()[0])


def rows_in(data: Dataset, title: str, file: str = "") -> frozenset[int]:
    """The Excel rows a dataset has of a sheet in a file, or in all of them.

    No frame is made for it.
    """
    packed = _waiting(data, title)
    if packed is not None:
        return packed.rows(file)
    index = data[title].index
    here = index[index.get_level_values("file") == file] if file else index
    return frozenset(here.get_level_values("row"))


def _waiting(data: Dataset, title: str) -> Stored | None:
    """The rows of a sheet that are stored and of which nobody asked for the frame yet."""
    maker = data.frames.maker(title) if isinstance(data.frames, Frames) else None
    return maker if isinstance(maker, Stored) else None


def packed_sheet(data: Dataset, sheet: Sheet) -> PackedSheet:
    """A sheet of a dataset with the bytes of its file."""
    rows = _waiting(data, sheet.title) or stored(data[sheet.title], sheet)
    return rows, rows.written()


def pack(
    data: Dataset, pack_sheet: Callable[[Dataset, Sheet], PackedSheet] = packed_sheet
) -> dict[str, bytes]:
    """The files of a dataset by name; equal datasets give equal bytes.

    A sheet without rows has no file.
    """
    sheets = [pack_sheet(data, sheet) for sheet in data.contract.sheets]
    content = {
        "slice_of": data.slice_of,
        "settings": _named(data.settings),
        "handed": _named(data.handed),
        "letters": data.letters,
        "tables": {
            each.sheet.title: each.levels(sheet)
            for (each, _), sheet in zip(sheets, data.contract.sheets, strict=True)
        },
    }
    files = {f"{each.sheet.key}{SUFFIX}": rows for each, rows in sheets}
    source = [{"name": source.name, "sha256": source.sha256} for source in data.sources]
    return {
        CONTENT: json.dumps(content, ensure_ascii=False).encode(),
        **{name: content for name, content in files.items() if content},
        SOURCE: json.dumps(source, ensure_ascii=False).encode(),
        **data.own_tables,
    }


def digest(files: Mapping[str, bytes]) -> str:
    """The sha256 of what a document can depend on."""
    content = hashlib.sha256()
    for name in sorted(files):
        if name != SOURCE:
            content.update(f"{name}\0{len(files[name])}\0".encode())
            content.update(files[name])
    return content.hexdigest()


def save(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write packed files; the JSON file that makes the folder a dataset comes last."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(files, key=lambda name: name == CONTENT):
        (folder / name).write_bytes(files[name])
    return folder


def is_packed(folder: Path) -> bool:
    """True for a folder that `save` wrote."""
    return (folder / CONTENT).is_file()


def load(folder: Path, contract: Contract) -> Dataset:
    """The dataset in a folder.

    Raises UnreadableFile where it is damaged or was written for another contract.

    All files of a slice are read, and each sheet is made a frame when it is asked for; those of a
    whole at once.
    """
    refuse_other_folder(folder)
    with _damage_told(folder.name):
        content = json.loads((folder / CONTENT).read_bytes())
        small = bool(content["slice_of"])
        made_by = {}
        for sheet in contract.sheets:
            levels = content["tables"][sheet.title]
            sheet = _with_own(sheet, levels.get("own", ()))  # noqa: PLW2901
            batch = _batch(folder, sheet) if levels["rows"] else None
            packed = Stored(sheet, tuple(levels["files"]), tuple(levels["sheets"]), batch)
            made_by[sheet.title] = partial(_opened, folder.name, packed, small=small)
        source = json.loads((folder / SOURCE).read_bytes())
        settings, handed = (_facts(content[part]) for part in ("settings", "handed"))
    frames = Frames(made_by) if small else {title: make() for title, make in made_by.items()}
    sources = tuple(Source(each["name"], each["sha256"]) for each in source)
    return Dataset(
        contract,
        sources,
        settings,
        frames,
        letters=content["letters"],
        slice_of=content["slice_of"],
        handed=handed,
    )


def _with_own(sheet: Sheet, own: Sequence[tuple[str, str]]) -> Sheet:
    columns = (Column(header, header, Kind(kind)) for header, kind in own)
    return replace(sheet, columns=(*sheet.columns, *columns)) if own else sheet


def excerpt(frame: pd.DataFrame, positions: Any, home: str) -> pd.DataFrame:
    """Some rows of a frame as a frame of its own.

    Nothing leads from it to the others, be it a cell or a file's name.

    `home` is the file that an excerpt without rows names as the one looked through.
    """
    taken = frame.take(positions)
    assert isinstance(taken.index, pd.MultiIndex)
    if len(taken.index.levels[0]) > 1 or len(taken.index.levels[1]) > 1:
        index = taken.index  # without rows it would lose the sheet's name too
        taken.index = (
            index.remove_unused_levels() if len(index) else index.set_levels([home], level=0)
        )
    return stamp(taken)


def stamp(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame, remembering its own cells as those that were read and nothing beyond them."""
    assert isinstance(frame.index, pd.MultiIndex)
    return _stamped(frame, *(frame.index.levels[level].tolist() for level in range(2)))


def _stamped(frame: pd.DataFrame, files: list[Any], sheets: list[Any]) -> pd.DataFrame:
    alone = len(files) == 1 and len(sheets) == 1
    frame.attrs[HEADERS] = AsRead(
        frame, str(files[0]) if alone else "", str(sheets[0]) if sheets else ""
    )
    return frame


def _named(facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {"names": {name: fact.id for name, fact in facts.items()}, **codec.dump((), facts)}


def _facts(encoded: Mapping[str, Any]) -> dict[str, Fact]:
    _, facts = codec.load(encoded)
    return {name: facts[key] for name, key in encoded["names"].items()}


def _used(codes: Any, names: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    """The codes of a level and its names without those that no code stands for, as pandas leaves them out."""
    used = pd.unique(codes.to_numpy())
    if len(used) == len(names):
        return codes, names
    replacement = np.zeros(len(names), dtype=np.int32)
    replacement[used] = np.arange(len(used))
    return pa.array(replacement[codes.to_numpy()]), tuple(names[at] for at in used)


@contextlib.contextmanager
def _damage_told(folder: str) -> Iterator[None]:
    try:
        yield
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        pa.ArrowException,
        UnreadableOutput,
    ) as trouble:
        reason = f"切片读不出来（{type(trouble).__name__}）"
        raise UnreadableFile(folder, reason, "请重新运行；缓存文件夹可以放心删除。") from trouble


def _batch(folder: Path, sheet: Sheet) -> Any:
    # as a stream from memory: Arrow's file reader starts threads, and a process with threads must
    # not fork
    [rows] = pa.ipc.open_stream((folder / f"{sheet.key}{SUFFIX}").read_bytes(), options=_ONE_THREAD)
    return rows


def opened(folder: Path, sheet: Sheet, levels: Mapping[str, Any]) -> pd.DataFrame:
    """One sheet by itself from a folder, with what `Stored.levels` told of it.

    Raises NotYours for another's folder.
    """
    refuse_other_folder(folder)
    with _damage_told(folder.name):
        batch = _batch(folder, sheet) if levels["rows"] else None
        packed = Stored(sheet, tuple(levels["files"]), tuple(levels["sheets"]), batch)
        return _frame(packed, small=True)


def _opened(folder: str, packed: Stored, *, small: bool) -> pd.DataFrame:
    with _damage_told(folder):
        return _frame(packed, small=small)


def _frame(packed: Stored, *, small: bool) -> pd.DataFrame:
    """A sheet as it was read; without a batch, one without rows."""
    codes: list[Any]
    rows: Any
    if packed.batch is None:
        arrays = [empty_column(column, 0) for column in packed.sheet.columns]
        codes, rows = [_NO_ROWS, _NO_ROWS], _NO_ROWS
    else:
        arrays = [
            to_pandas(packed.batch[column.header], small=small) for column in packed.sheet.columns
        ]
        *codes, rows = (packed.batch[f"#{name}"].to_numpy() for name in ORIGIN)
    names: list[Any] = [_names(packed.files), _names(packed.sheets)]
    index = pd.MultiIndex(
        levels=[*names, rows],
        codes=[*codes, range(len(rows))],
        names=ORIGIN,
        verify_integrity=False,
    )
    frame = pd.DataFrame(dict(enumerate(arrays)), index=index, copy=False)
    headers = [column.header for column in packed.sheet.columns]
    # pandas keeps names in Arrow, and looks them up one by one
    frame.columns = pd.Index(headers, dtype=object) if small else pd.Index(headers)
    return _stamped(frame, list(packed.files), list(packed.sheets) or [packed.sheet.title])


@lru_cache
def _names(names: tuple[str, ...]) -> pd.Index:
    """A level of an index: the sheets of a county are called alike in every slice."""
    return pd.Index(names, dtype=STRING)
