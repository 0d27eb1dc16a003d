"""A formula in TeX -> the native formula of Word (OMML), or nothing where a command is not known."""

from gongwen.writer.formulas.convert import converted

__all__ = ["converted"]
