"""公文要素: a map of a document's elements, as a clerk writes it -> the blocks of a 文件, 信函, 纪要, 通报 or 材料."""

from gongwen.document.elements.arrange import arrange
from gongwen.document.elements.read import FORMS, Elements, needed, read

__all__ = ["FORMS", "Elements", "arrange", "needed", "read"]
