"""Document -> findings: what stands against sending it up. Rules only read."""

from zhibi.checks.document import RULES, check

__all__ = ["RULES", "check"]
