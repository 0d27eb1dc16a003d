"""Rules that read the measured page (版式): an explicit table."""

from __future__ import annotations

from zhibi.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
