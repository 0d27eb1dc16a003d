r"""TeX as people type it -> TeX that latex2mathml reads right: no labels and comments, environments by one name each.

`aligned`, `gather`, `multline` and the like become `align*`, which is set in rows at their `&`; `equation` is only its
content. Rows outside any environment (`a \\ b`) become one.
"""

from __future__ import annotations

import re

_DOLLARS = re.compile(r"^(\${1,2}|\\\[|\\\()(?P<inner>.*?)(\${1,2}|\\\]|\\\))$", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_NOT_PRINTED = re.compile(
    r"\\(?:label|tag\*?|require|vspace\*?|intertext|setcounter|pagestyle)\s*\{[^{}]*\}"
    r"|\\(?:nonumber|notag|limits|allowbreak|noindent|centering|hfill|hline|displaylimits|!|/)(?![A-Za-z])"
)
_ROWS = (
    r"align\*?|aligned|alignat\*?|alignedat|flalign\*?|eqnarray\*?|gather\*?|gathered|split"
    r"|multline\*?|multlined"
)
_ROW_ENVIRONMENT = re.compile(rf"\\(begin|end)\s*\{{(?:{_ROWS})\}}(?:\[[a-z]\])?")
_COUNTED = re.compile(r"(\\begin\s*\{align(?:at\*?|edat)\})\s*\{\d+\}")
_NO_OPTION = re.compile(r"(\\begin\s*\{(?:align\*|cases|[pbvBV]?matrix)\})\s*(?=\[)")
_ONLY_CONTENT = re.compile(
    r"\\(?:begin|end)\s*\{(?:equation\*?|displaymath|math|subequations|center|small|IEEEeqnarray\*?)\}"
)
_OTHER_NAMES = {
    r"\dcases": r"\cases",
    "{dcases}": "{cases}",
    "{rcases}": "{cases}",
    "{pmatrix*}": "{pmatrix}",
    "{bmatrix*}": "{bmatrix}",
    r"\bm": r"\boldsymbol",
    r"\mathds": r"\mathbb",
    r"\mathbbm": r"\mathbb",
    r"\textnormal": r"\text",
    r"\textsc": r"\text",
    r"\mathsc": r"\mathrm",
    r"\symbf": r"\mathbf",
    r"\argmin": r"\operatorname{argmin}",
    r"\argmax": r"\operatorname{argmax}",
    r"\mathop": "",
    r"\arg": r"\operatorname{arg}",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\lVert": r"\|",
    r"\rVert": r"\|",
    r"\coloneqq": ":=",
    r"\tfrac": r"\frac",
    r"\dfrac": r"\frac",
    r"\vdotswithin": r"\vdots",
    r"\lt": "<",
    r"\gt": ">",
}
_OTHER = re.compile(
    "|".join(
        re.escape(name) + ("(?![A-Za-z])" if name[0] == "\\" else "")
        for name in sorted(_OTHER_NAMES, key=len, reverse=True)
    )
)
_ROW_END = re.compile(r"\\\\\s*\*?(?:\[[^\[\]]*\])?")
_OLD_CUT = re.compile(r"\{\s*\\(cal|bf|rm|it|sf|tt|frak)(?![A-Za-z])\s*([^{}]*)\}")
_OLD_LETTER = re.compile(r"\\(cal|frak)\s*([A-Za-z])(?![A-Za-z])")
_EMPTY_CELL = re.compile(r"&\s*(?=\\\\|\\end\s*\{|&)")
_NESTED = re.compile(r"\\begin\s*\{(\w+\*?)\}.*?\\end\s*\{\1\}", re.DOTALL)
_UNREAD_ARGUMENT = re.compile(
    r"\\(?:begin|end)\s*\{[^{}]*\}(?:\s*\{[^{}]*\})?"
    r"|\\(?:hspace\*?|color|textcolor|colorbox|kern|mkern|hskip|mskip|mspace|rule|raisebox|class|style|href)"
    r"\s*(?:\{[^{}]*\}|-?[\d.]+\s*(?:em|ex|pt|mu|cm|mm|in))"
    r"|\\(?:left|right|middle|[Bb]igg?[lrm]?)\s*\."
    r"|\\[A-Za-z]+|\\\\(?:\[[^\[\]]*\])?"
)


def prepared(source: str) -> str:
    """The formula ready to be read; empty where nothing would be printed."""
    text = _COMMENT.sub("", source).strip()
    while bare := _DOLLARS.match(text):
        text = bare["inner"].strip()
    text = _ONLY_CONTENT.sub(" ", _NOT_PRINTED.sub(" ", text))
    text = _COUNTED.sub(r"\1", text)
    text = _ROW_ENVIRONMENT.sub(r"\\\1{align*}", text)
    text = _NO_OPTION.sub(r"\1{}", text)
    text = _OTHER.sub(lambda found: _OTHER_NAMES[found[0]], text)
    text = _OLD_LETTER.sub(r"\\math\1{\2}", _OLD_CUT.sub(r"\\math\1{\2}", text))
    text = _ROW_END.sub(r"\\\\ ", text).strip()
    while text.endswith("\\\\"):
        text = text[:-2].strip()
    text = _EMPTY_CELL.sub("&{}", _unfinished_rows(text))
    return rf"\begin{{align*}}{text}\end{{align*}}" if _in_rows(text) else text


def printed(prepared_text: str) -> str:
    """What of a prepared formula stands on the page as it is typed.

    All but commands and their measures.
    """
    return _UNREAD_ARGUMENT.sub(" ", prepared_text)


def _unfinished_rows(text: str) -> str:
    """A row end before the end of an environment would make an empty row."""
    return re.sub(r"\\\\\s*(?=\\end\s*\{)", "", text)


def _in_rows(text: str) -> bool:
    """True if a row ends outside every environment and every group."""
    outside = text
    while (shorter := _NESTED.sub("", outside)) != outside:
        outside = shorter
    while (shorter := re.sub(r"(?<!\\)\{[^{}]*\}", "", outside)) != outside:
        outside = shorter
    return "\\\\" in outside
