"""Tables of people from different files that are one organisation's -> a question which of them holds, or both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongwen.chinese.personal_data import masked
from gongwen.findings import Finding, Level, Location
from zhibi.data.importing.names.organisations import Organisations
from zhibi.data.importing.questions import Answers, Question
from zhibi.data.importing.rows.blocks import Block

BOTH = "都读，合在一起"


@dataclass
class Claims:
    """Asks about organisations of which two files bring a whole list.

    What is not to be read is emptied.
    """

    organisations: Organisations
    answers: Answers
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def settle(self, blocks: Iterable[Block]) -> None:
        """Every organisation that two files claim."""
        claims: dict[str, tuple[str, dict[str, list[Block]]]] = {}
        for block in blocks:
            name = self._whole(block)
            if name:
                plain = self.organisations.register.plain(name)
                files = claims.setdefault(plain, (name, {}))[1]
                files.setdefault(block.files[0], []).append(block)
        for plain, (name, files) in claims.items():
            if len(files) > 1:
                self._ask(plain, name, files)

    def _whole(self, block: Block) -> str:
        """The one organisation whose people a table lists.

        Nothing where they are several's or nobody says whose.
        """
        people = self.organisations.intake.people
        if block.existing or block.sheet.title != people.sheet or not len(block):
            return ""
        named = {cell for cell in block.cells(people.within) if cell}
        if len(named) == 1:
            return str(named.pop())
        if named or any(block.sections):
            return ""
        return self.organisations.context(block)

    def _ask(self, plain: str, name: str, files: dict[str, list[Block]]) -> None:
        title = self.organisations.intake.people.sheet
        key = f"两份|{title}|{plain}"
        only = {f"只读 {file}": file for file in files}
        answer = self.answers.get(key)
        if answer == BOTH:
            return
        if answer not in only:
            listed = "、".join(f"{file}（{sum(map(len, own))}行）" for file, own in files.items())
            message = f"“{masked(name)[:40]}”的{title}有{len(files)}份：{listed}，读哪一份？"
            self.questions.append(Question(key, message, (BOTH, *only)))
            return
        for file, own in files.items():
            if file != only[answer]:
                for block in own:
                    block.empty()
                message = f"按答复只读“{only[answer]}”，这一份没有读取。"
                self.findings.append(Finding("M23", Level.WARNING, Location(file), message))
