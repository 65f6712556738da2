"""changelog.py HTML VECTORS CATALOG: reads changelogs as a browser does, and compares them with the definitions of the conformance
vectors: each error whose version is stated has to stand under that version, as added, deprecated or retired, with what it means.
"""

import json
import sys
from pathlib import Path

import yaml
from selectolax.lexbor import LexborHTMLParser
from texts import shown, text

root, vectors, catalog = map(Path, sys.argv[1:])
vectors = json.loads(vectors.read_text("utf-8"))
catalog = yaml.load(catalog.read_text("utf-8"), yaml.CSafeLoader)
fallback = catalog.get("fallback", catalog["locales"][0])

ELEMENTS = set("main h1 h2 h3 p a br ul li code span".split())
# In English, and in Chinese.
COLON = (": ", "：")
HEADINGS = {"since": ("Added", "新增"), "deprecated": ("Deprecated", "棄用"), "retired": ("Retired", "停用")}
NEXT = ("Next release", "下一個版本")

problems = []


def lists(main):
    """The items by the headings of their version and of their list."""
    found, version, kind = {}, None, None
    for node in main.iter():
        if node.tag == "h2":
            version = text(node)
        elif node.tag == "h3":
            kind = text(node)
        elif node.tag == "ul":
            found[version, kind] = [text(item) for item in node.iter() if item.tag == "li"]
    return found


def meaning(definition, locale):
    """What an error means, or its messages where nothing says that."""
    if definition["descriptions"][locale] is not None:
        return definition["descriptions"][locale]
    named = vectors.get("localised", {})
    ids = [".".join([definition["id"], *([it["case"]] if it["case"] else [])]) for it in definition["messages"]]
    said = [named[id][locale] if named.get(id) else it["message"] for id, it in zip(ids, definition["messages"])]
    return " / ".join(said)


for locale in catalog["locales"]:
    path = root / ("CHANGELOG.html" if locale == fallback else f"CHANGELOG.{locale}.html")
    tree = LexborHTMLParser(path.read_text("utf-8"))
    main, is_chinese = tree.css_first("main"), locale.startswith("zh")
    for node in main.css("*"):
        if node.tag not in ELEMENTS:
            problems.append(f"{locale}: there is an element {node.tag}: {node.html[:200]}")
    title = catalog["title"].get(locale) or catalog["title"][fallback]
    heading = text(main.css_first("h1"))
    if not heading.startswith(shown(title) + COLON[is_chinese]):
        problems.append(f"{locale}: the title is {heading!r}, not {shown(title)!r}")
    found = lists(main)
    for definition in vectors["definitions"]:
        code, id = str(definition["code"]), definition["id"]
        wanted = shown(f"{code}{'' if code == id else f' {id}'}{COLON[is_chinese]}{meaning(definition, locale)}")
        for part, names in HEADINGS.items():
            stated = definition[part]
            version = stated["since"] if isinstance(stated, dict) else stated
            if version is None:
                continue
            items = found.get((NEXT[is_chinese] if version == "next" else version, names[is_chinese]), [])
            if not any(item.startswith(wanted) for item in items):
                problems.append(f"{locale}: {version} lacks {wanted!r} as {part}, and has {[it for it in items if it.startswith(code)]!r}")

if problems:
    print("\n".join(problems[:40]), f"\n{len(problems)} problems", file=sys.stderr)
    sys.exit(1)
