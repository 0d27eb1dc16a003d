"""What was found -> SARIF 2.1.0, the form in which editors and code hosts take findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from gongwen.findings import Level
from gongwen_lint.check import Outcome
from gongwen_lint.formats.rule_pages import page
from gongwen_lint.rules.rule import Rule
from gongwen_lint.runner import Diagnostic

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Level, str] = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}


def log(outcomes: Sequence[Outcome], rules: Iterable[Rule], version: str) -> dict[str, Any]:
    """One run with every rule that was asked and every result.

    What could not be read or looked at is a notification.
    """
    driver = {
        "name": "zhibi",
        "version": version,
        "language": "zh-CN",
        "rules": [_rule(rule) for rule in rules],
    }
    troubles = list(chain.from_iterable(map(_troubles, outcomes)))
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {"executionSuccessful": not troubles, "toolExecutionNotifications": troubles}
        ],
        "columnKind": "unicodeCodePoints",
        "results": list(chain.from_iterable(map(_results, outcomes))),
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _troubles(outcome: Outcome) -> list[dict[str, Any]]:
    """Why a file could not be read, or which rules could not look at it."""
    messages = [outcome.trouble] if outcome.trouble else [bug.message for bug in outcome.bugs]
    locations = [_file(outcome)]
    return [
        {"level": "error", "message": {"text": message}, "locations": locations}
        for message in messages
    ]


def _results(outcome: Outcome) -> list[dict[str, Any]]:
    return [_result(outcome, diagnostic) for diagnostic in outcome.found]


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": page(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"family": rule.family, "basis": rule.basis},
    }


def _result(outcome: Outcome, found: Diagnostic) -> dict[str, Any]:
    location = _file(outcome)
    if found.line:
        location["physicalLocation"]["region"] = {
            "startLine": found.line,
            "snippet": {"text": found.text},
        }
    place = {"fullyQualifiedName": found.where, "kind": "element"}
    hint = found.hint or (f"改为“{found.replacement}”。" if found.replacement else "")
    return {
        "ruleId": found.code,
        "level": _LEVELS[found.level],
        "message": {"text": f"{found.where}：{found.as_finding().message}。{hint}"},
        "locations": [{**location, "logicalLocations": [place]}],
        "properties": {
            "paragraph": found.para,
            "start": found.start,
            "end": found.end,
            "fix": found.replacement,
        },
    }


def _file(outcome: Outcome) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": outcome.name}}}
