"""Rules that read what is said (内容): arithmetic, data, references, copies: an explicit table."""

from __future__ import annotations

from zhibi.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
