"""Command line of the checker alone: `python -m gongwen_lint 文件.docx`.

Needs no Jupyter and no pandas.

Exit codes: 0 fine · 1 findings of level 错误 · 2 a file cannot be read · 3 a bug of ours.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path

from gongwen import profile
from gongwen.errors import ReportError
from gongwen_lint import check
from gongwen_lint.formats import rule_pages, text
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext


def main(words: Sequence[str] | None = None) -> int:
    """Check the files named on the command line and print what was found."""
    asked = _parser().parse_args(words)
    try:
        return _explain(asked.explain) if asked.explain else _check(asked)
    except ReportError as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201  # the door may speak
        return trouble.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongwen-lint", description="检查公文：版式、文字、内容。不改动原文件。"
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="文件", help=".docx、.md、.txt 文件，或文件夹"
    )
    parser.add_argument("--profile", default="classic", metavar="版式", help="按这种版式检查")
    parser.add_argument("--only", action="append", default=[], metavar="规则", help="只查这些规则")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="规则", help="不查这些规则"
    )
    parser.add_argument("--all", action="store_true", dest="everything", help="每处都列出")
    parser.add_argument("--json", action="store_true", dest="as_json", help="只输出一个 JSON 列表")
    parser.add_argument("--explain", default="", metavar="代码", help="说明一条规则，不检查")
    return parser


def _explain(code: str) -> int:
    print(rule_pages.page(registry.named(code)))  # noqa: T201  # the door may speak
    return 0


def _check(asked: argparse.Namespace) -> int:
    if not asked.paths:
        _parser().error("请写上要检查的文件或文件夹")
    look = profile.load(asked.profile, [profile.packaged_templates()])
    context = CheckContext(profile=look, today=datetime.now().astimezone().date())
    codes = [rule.code for rule in registry.chosen(asked.only, [*asked.ignore, *look.ignored])]
    outcomes = list(check.check_all(check.files(asked.paths), codes, context))
    _print_outcomes(outcomes, as_json=asked.as_json, everything=asked.everything)
    if any(outcome.bugs for outcome in outcomes):
        return 3
    if any(outcome.trouble for outcome in outcomes):
        return 2
    return 1 if text.count_errors(outcomes) else 0


def _print_outcomes(outcomes: Sequence[check.Outcome], *, as_json: bool, everything: bool) -> None:
    if as_json:
        entries = list(chain.from_iterable(map(check.entries, outcomes)))
        print(json.dumps(entries, ensure_ascii=False, indent=2))  # noqa: T201
        return
    for outcome in outcomes:
        for line in text.lines(outcome, everything=everything):
            print(line)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
