"""Texts as HTML holds them, for what reads them back."""

import re


def shown(text):
    """A text as HTML can hold it: lines are lines, and a character that HTML has no place for is a number, or U+FFFD."""
    text = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", lambda found: f"\\x{ord(found[0]):02X}", text)
    return re.sub("[\ufffe\uffff]", "\ufffd", text)


def text(node):
    """What a reader can select; a `br` is a line break."""
    if node.tag == "-text":
        return node.text_content
    if node.tag == "br":
        return "\n"
    # The link to itself that MkDocs adds to a heading.
    if "headerlink" in (node.attributes.get("class") or ""):
        return ""
    return "".join(text(child) for child in node.iter(include_text=True))
