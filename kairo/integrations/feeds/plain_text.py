from __future__ import annotations

from html.parser import HTMLParser

_UNSEEN = {"script", "style", "template", "noscript", "head", "iframe", "object", "svg", "title"}
_BREAKING = {
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
    *("table", "tr", "ul"),
}


def plain_text(markup: str) -> str:
    """What a reader sees of a piece of HTML: its words, one line a block, without tags, scripts and comments."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    reader = _Reader()
    # Not closed: at the end of what was never ended the parser would start again at every letter of it. The break lets
    # out the words before.
    reader.feed(markup + "<br>")
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _BREAKING:
            self.pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKING:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag in _BREAKING:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))
