"""What is to be sent up -> findings: a Document before it is written, and any file as a Manuscript. Rules only read."""

from zhibi.checks.document import RULES, check
from zhibi.checks.gate import finished

__all__ = ["RULES", "check", "finished"]
