"""Texts of the repository's own corpus, without its markup."""

import re
from pathlib import Path

_CORPUS = Path(__file__).resolve().parents[2] / "data" / "corpus"
_MARKS = re.compile(r"\[\[[A-Z]+\|(.*?)\]\]|\{\{\w+\}\}|<<\w+:|>>", re.DOTALL)


def articles() -> list[str]:
    """The articles in the order of their files."""
    texts: list[str] = []
    for path in sorted(_CORPUS.glob("*.txt")):
        for piece in re.split(r"^### .*\n", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            texts.append(_MARKS.sub(lambda mark: mark[1] or "", piece).strip())
    return texts
