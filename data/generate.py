"""A seed and a size -> data/示例县.xlsx, the fictional example county; a folder of CSV where no .xlsx is asked for.

The same arguments give the same bytes. What is deliberately uneven in it is listed in data/README.md.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:  # the package beside this file is no part of the installed product
    sys.path.insert(0, str(HERE))

from county import csv_folder  # noqa: E402
from county.assemble import tables  # noqa: E402
from county.structure import Size  # noqa: E402
from county.xlsx import save, write  # noqa: E402


def generate(size: Size) -> bytes:
    """The workbook of a county of that size."""
    return write(tables(size))


def main(arguments: list[str] | None = None) -> None:
    """Writes the workbook where it is wanted."""
    parser = argparse.ArgumentParser(description="Write the fictional example county.")
    parser.add_argument(
        "--branches",
        type=int,
        default=Size.branches,
        help="party organisations of all kinds (at least 2)",
    )
    parser.add_argument(
        "--members-per-branch",
        type=int,
        default=Size.members_per_branch,
        help="members per organisation, on average",
    )
    parser.add_argument("--seed", type=int, default=Size.seed)
    parser.add_argument("--out", type=Path, default=HERE / "示例县.xlsx")
    told = parser.parse_args(arguments)
    if told.branches < 2 or told.members_per_branch < 1:  # noqa: PLR2004
        parser.error("a county needs at least a committee with one branch, and members")
    write_to = save if told.out.suffix == ".xlsx" else csv_folder.save
    write_to(tables(Size(told.branches, told.members_per_branch, told.seed)), told.out)


if __name__ == "__main__":
    main()
