"""Chinese texts: in Python files, with `{}` for the values in them, and on a rendered page."""

import ast
import re
from html.parser import HTMLParser
from unicodedata import normalize

CHINESE = re.compile("[一-鿿]")
QUOTE, QUOTED = "blockquote", "lines"
"""The tag of a sentence that is read to a family, and the class of texts of two records."""

SHOWN_ATTRIBUTES = {"title", "aria-label", "placeholder", "alt"}
NEVER_SHOWN = {"script", "style"}


def in_code(tree):
    """The Chinese texts below a node: no docstring, no comment, no key of a dictionary."""
    return {text for text in _texts(tree) if CHINESE.search(text)}


def _texts(node):
    if isinstance(node, ast.JoinedStr):
        values = [one for one in node.values if isinstance(one, ast.FormattedValue)]
        yield "".join("{}" if one in values else one.value for one in node.values)
        below = [one.value for one in values]
    elif isinstance(node, ast.Constant):
        yield node.value if isinstance(node.value, str) else ""
        below = []
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        below = []
    else:
        below = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
    for one in below:
        yield from _texts(one)


def on_page(page):
    """The Chinese texts that a reader of a page sees or hears but for what is quoted, in one form."""
    reader = _Reader()
    reader.feed(page)
    return {text for text in map(one_form, reader.texts) if CHINESE.search(text)}


def one_form(text):
    """A text without the differences that typesetting makes."""
    return " ".join(normalize("NFKC", text).split())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts, self._left_out, self._depth = [], "", 0

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if not self._left_out and (tag in {*NEVER_SHOWN, QUOTE} or told.get("class") == QUOTED):
            self._left_out = tag
        self._depth += tag == self._left_out
        if not self._left_out:
            self.texts += [told[name] for name in SHOWN_ATTRIBUTES & told.keys() if told[name]]

    def handle_endtag(self, tag):
        self._depth -= tag == self._left_out
        self._left_out = self._left_out if self._depth else ""

    def handle_data(self, text):
        if not self._left_out:
            self.texts.append(text)
