"""read_back.py FLAVOUR HTML VECTORS CATALOG: reads the pages that a tool has made as a browser does, and compares what they
show with the definitions of the conformance vectors; what those lack (notes, examples) with the catalogue's own YAML.
Every link has to lead somewhere, and every code to have its two addresses. Prints how many of the catalogue's texts were shown,
and never otherwise than they should; one that stands in several places counts once.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

import texts
import yaml
from selectolax.lexbor import LexborHTMLParser
from texts import text



def read_catalog(path):
    """The catalogue, and in its categories what the files that it includes hold."""
    catalog = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    categories = catalog["categories"]
    included = {file for pattern in catalog.get("include", []) for file in path.parent.glob(pattern)}
    included = sorted(file for file in included if not file.name.startswith("."))
    parts = [yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) for file in included]
    categories += [category for part in parts for category in part.get("categories", [])]
    for part in parts:
        owner = next((category for category in categories if category["id"] == part.get("category")), None)
        if owner and "group" in part:
            owner = next(group for group in owner["groups"] if group["id"] == part["group"])
        for key in ("errors", "groups") if owner else ():
            owner[key] = [*owner.get(key, []), *part.get(key, [])]
    return catalog


flavour, root, vectors, catalog = sys.argv[1], *map(Path, sys.argv[2:])
vectors = json.loads(vectors.read_text("utf-8"))
folder = catalog.parent
catalog = read_catalog(catalog)

# What a tool puts around the page.
CONTENT = {"mkdocs": "article"}.get(flavour, "main")
ELEMENTS = set("main h1 h2 h3 h4 h5 h6 p a br hr ul ol li blockquote pre table thead tbody tr th td code strong em span div".split())
if flavour == "mkdocs":
    ELEMENTS |= {"article"}

problems = []
# The texts of the catalogue, by their places in it, that have been looked for; and those that were shown otherwise.
compared, differing = set(), set()


def shown(text):
    """A text as the tool can hold it."""
    text = texts.shown(text)
    return without_noncharacters(text) if flavour == "docusaurus" else text


def without_noncharacters(text):
    """CommonMark lets a reader take any of them for U+FFFD."""
    return "".join("\ufffd" if ord(one) & 0xFFFE == 0xFFFE or "\ufdd0" <= one <= "\ufdef" else one for one in text)


def compare(page, what, found, wanted, place=None):
    """Notes a difference; `place` is where the text stands in the catalogue, if it is one of its own."""
    if place:
        compared.add(place)
    if what.startswith(("title", "description of the page")) and flavour == "docusaurus":
        # Its titles are data, not CommonMark. An invisible character keeps one from ending the script that it is put in.
        found, wanted = (without_noncharacters(text).replace("\u2060", "") for text in (found, wanted))
    if found != wanted:
        differing.add(place)
        problems.append(f"{page}: {what}: shown as\n    {found!r}, not\n    {wanted!r}")


class Page:
    def __init__(self, path):
        self.path = path.relative_to(root).as_posix()
        self.tree = LexborHTMLParser(path.read_text("utf-8"))
        self.content = self.tree.css_first(CONTENT)
        self.ids = Counter(node.attributes["id"] for node in self.tree.css("[id]"))

    def tables(self, columns, first):
        """The rows of all tables of one of these numbers of columns, the first of which has one of these headings."""
        heads = ((table, [text(head) for head in table.css("th")]) for table in self.content.css("table"))
        tables = (table for table, head in heads if len(head) in columns and head[0] in first)
        return [[text(cell) for cell in row.css("td")] for table in tables for row in table.css("tbody tr")]


def target(page, href):
    """The file and the fragment that a link leads to, or None if it leaves the pages."""
    address = urlsplit(href)
    if address.scheme or address.netloc:
        return None
    path = normpath(join(page.path, "..", unquote(address.path))) if address.path else page.path
    if (root / path).is_dir():
        path = normpath(join(path, "index.html"))
    if flavour in ("github", "docusaurus"):
        path = re.sub(r"\.md$", ".html", path)
    return path, unquote(address.fragment)


# What mdBook and MkDocs add: all pages in one for printing, the one for what is missing, the menu.
ADDED = {"print.html", "404.html", "toc.html"}
pages = {page.path: page for page in map(Page, root.rglob("*.html"))}
for page in pages.values():
    if page.path in ADDED:
        continue
    for node in page.content.css("*"):
        if node.tag not in ELEMENTS:
            problems.append(f"{page.path}: there is an element {node.tag}: {node.html[:200]}")
    for node in page.tree.css("script"):
        if node.text().startswith("alert("):
            problems.append(f"{page.path}: a text of the catalogue runs: {node.html}")
    for id, count in page.ids.items():
        if count > 1:
            problems.append(f"{page.path}: {count} elements have the id {id!r}")
    for link in page.tree.css("a[href]"):
        found = target(page, link.attributes["href"])
        if found is None or link.attributes["href"] in ("#", ".", ".."):
            continue
        path, fragment = found
        if path not in pages or fragment and fragment not in pages[path].ids:
            problems.append(f"{page.path}: the link {link.attributes['href']!r} leads nowhere")


def one_line(text, heading):
    """A title in one line; in place of a line break some tools have a space, and some have nothing."""
    return ("" if "\n" in heading else " ").join(re.split("[ \t\n]+", text.strip(" \t\n")))


def title(texts, locale):
    return texts.get(locale) or texts[fallback]


def said(definition, message, locale):
    """The message: in the reader's language, if the server answers in that."""
    names = [definition["id"], *([message["case"]] if message["case"] else [])]
    texts = vectors.get("localised", {}).get(".".join(names))
    return texts[locale] if texts else message["message"]


def meaning(definition, message, locale):
    """What a description adds to the message beside it."""
    description = message["descriptions"][locale]
    return "" if description in (None, said(definition, message, locale)) else description


def rows(definitions, locale, has_descriptions):
    """The rows of a category's tables: each cell with its place in the catalogue."""
    for definition in definitions:
        mark = f" {deprecated[locale]}" if definition["deprecated"] else ""
        category, group, id = definition["category"], definition["group"], definition["id"]
        for at, message in enumerate(definition["messages"]):
            meant = meaning(definition, message, locale)
            yield [
                (titles[category][locale], ("title", category, locale)),
                (groups[category, group][locale], ("title", category, group, locale)) if group else ("", None),
                (f"{definition['code']}{mark}", code_place(definition)),
                *([(str(definition["http"]), None)] if has_statuses else []),
                # Several locales may have the same text.
                (said(definition, message, locale), ("message", id, at, said(definition, message, locale))),
                *([(meant, ("description", id, at, locale) if meant else None)] if has_descriptions else []),
            ]


def overview_rows(definitions, locale):
    """The rows of a table that links to errors. Ids that are the code are not said again, and no column is empty."""
    ids = ["" if definition["id"] == definition["code"] else definition["id"] for definition in definitions]
    for definition, id in zip(definitions, ids):
        yield [
            f"{definition['code']}{' ' + deprecated[locale] if definition['deprecated'] else ''}",
            *([str(definition["http"])] if has_statuses else []),
            *([id] if any(ids) else []),
            " \n ".join(said(definition, message, locale) for message in definition["messages"]),
        ]


def code_place(definition):
    """A code that is a number is no text."""
    return ("code", definition["id"]) if isinstance(definition["code"], str) else None


def errors():
    """The errors as the catalogue's YAML has them, each with the retry class that it, its group or its category names."""
    for category in catalog["categories"]:
        for section in [category, *category.get("groups", [])]:
            retry = section.get("retry", category.get("retry"))
            given = {**category.get("properties", {}), **section.get("properties", {})}
            for error in section.get("errors", []):
                values = {**defaults, **given, **error.get("properties", {})}
                yield {"retry": retry, "id": error["code"], **error, "properties": {name: values[name] for name in declared if name in values}}


fallback = catalog.get("fallback", catalog["locales"][0])
declared = catalog.get("properties", {})
defaults = {name: it["default"] for name, it in declared.items() if "default" in it}
has_statuses = catalog.get("transport") != "none"
written = {error["id"]: error for error in errors()}
titles = {category["id"]: category["titles"] for category in vectors["categories"]}
# A page of nothing is not written.
filled = {definition["category"] for definition in vectors["definitions"]}
categories = [category for category in vectors["categories"] if category["id"] in filled]
groups = {(category["id"], group["id"]): group["titles"] for category in vectors["categories"] for group in category["groups"]}
deprecated = {locale: "已棄用" if locale.startswith("zh") else "deprecated" for locale in catalog["locales"]}
sensitive = {locale: "敏感資料" if locale.startswith("zh") else "sensitive" for locale in catalog["locales"]}
index = "README.html" if flavour == "github" else "index.html"


# In English, and in Chinese.
COLON = (": ", "：")
RETRY = {
    "never": ("No: it fails in the same way", "否，重試仍會失敗"),
    "transient": ("Yes, the problem may be temporary", "可以，屬暫時性錯誤"),
    "throttled": ("Yes, but only after slowing down", "可以，請降低頻率，稍後再試"),
}


def is_of(id, code):
    """Whether an address within a page is of the details of an error."""
    return id is not None and id.startswith("details-") and code_of(id.removeprefix("details-")) == code


def check_details(page, definition, locale):
    """What stands under an error's own heading: the items of its lists, and the tables of its parameters."""
    code = str(definition["code"])
    heading = next((node for node in page.content.css("h3") if is_of(id_of(node), code)), None)
    source = written[definition["id"]]
    wanted = []
    for part in ("retired", "deprecated"):
        if definition[part]:
            note = (source[part] if isinstance(source[part], dict) else {}).get("note")
            wanted.append((part, f" · {title(note, locale)}" if note else None, ("note", definition["id"], locale)))
    if definition["resolutions"][locale]:
        wanted.append(("resolution", definition["resolutions"][locale], ("resolution", definition["id"], locale)))
    if source["retry"]:
        wanted.append(("retry", RETRY[source["retry"]][locale.startswith("zh")], None))
    for name, value in source["properties"].items():
        wanted.append((name, f"{name}{COLON[locale.startswith('zh')]}{told(value)}", None))
    if definition["since"]:
        wanted.append(("since", definition["since"], None))
    cases = source.get("cases", [])
    if cases and definition["descriptions"][locale] is not None:
        wanted.append(("description", definition["descriptions"][locale], ("description", definition["id"], locale)))
    parameters = [
        (name, parameter, (definition["id"], at, name))
        for at, part in enumerate([source, *cases])
        for name, parameter in part.get("params", {}).items()
    ]
    if heading is None:
        if wanted or parameters:
            problems.append(f"{page.path}: there is no heading for {code}")
        return
    compare(page.path, "heading", text(heading), shown(code + ("" if code == definition["id"] else f" {definition['id']}")))
    items, tables, said = [], [], []
    node = heading.next
    while node is not None and node.tag not in ("h2", "h3", "hr"):
        if node.tag == "ul":
            items += [text(item) for item in node.css("li")]
        elif node.tag == "p" and text(node):
            said.append(text(node))
        elif node.tag in ("table", "div"):
            tables += [[text(cell) for cell in row.css("td")] for row in node.css("tbody tr")]
        node = node.next
    if definition["docs_url"]:
        links = [unquote(link.attributes["href"]) for link in page.content.css("li > a[href], li > p > a[href]")]
        compare(page.path, f"link of {code}", unquote(definition["docs_url"]) in links, True)
    for what, ending, place in wanted:
        if ending is not None:
            found = next((item for item in items if item.endswith(shown(ending))), items)
            compare(page.path, f"{what} of {code}", str(found)[-len(shown(ending)) :], shown(ending), place)
    if "explanation" in source:
        said = said[: len(cases)]
        check_explanation(page, source["explanation"])
    for case, line in zip(cases, said):
        compare(page.path, f"a case of {code}", line[-len(shown(plain(case, locale))) :], shown(plain(case, locale)))
        compare(page.path, f"a case of {code}", f" {case['id']}" in line, True)
    compare(page.path, f"cases of {code}", len(said), len(cases))
    compare(page.path, f"parameters of {code}", len(tables), len(parameters))
    for row, (name, parameter, place) in zip(tables, parameters):
        compare(page.path, f"parameter of {code}", row[0], name)
        compare(page.path, f"whether {name} of {code} is sensitive", sensitive[locale] in row[1], parameter.get("sensitive", False))
        if "example" in parameter and parameter["type"] == "string":
            compare(page.path, f"example of {name} of {code}", row[-2], shown(str(parameter["example"])), ("example", *place))
        description = title(parameter["description"], locale) if "description" in parameter else ""
        place = ("parameter", *place, locale) if "description" in parameter else None
        compare(page.path, f"description of {name} of {code}", row[-1], shown(description), place)


def check_explanation(page, path):
    """Where the texts of an explanation stand beside it, each is shown in a block of the page."""
    wanted = folder / Path(path).with_suffix(".json") if isinstance(path, str) else folder
    if not wanted.is_file():
        return
    found = {text(node).strip() for node in page.content.css("p, li, pre, h5")}
    for one in json.loads(wanted.read_text("utf-8")):
        one = shown(one).strip()
        compare(page.path, f"a text of {path}", one if one in found else sorted(found), one)


def told(value):
    """The value of a property, or its values."""
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return (value or "–") if isinstance(value, str) else json.dumps(value)


def plain(case, locale):
    """A message without parameters stands as it is sent."""
    message = case["message"] if isinstance(case["message"], str) else title(case["message"], locale)
    return message if "params" in case else message.replace("{{", "{").replace("}}", "}")


def id_of(heading):
    """The address that stands right before a heading."""
    before = heading.prev
    while before is not None and before.tag == "-text":
        before = before.prev
    inner = before.css_first("a[id]") if before is not None else None
    return inner.attributes["id"] if inner else None


def code_of(id):
    """The code that an address within a page is of, or None: `~` and two hexadecimal digits are a byte."""
    are_numbers = isinstance(vectors["definitions"][0]["code"], int)
    if not are_numbers and not id.startswith("error."):
        return None
    return unquote(re.sub("~(?=[0-9A-F]{2})", "%", id if are_numbers else id.removeprefix("error.")))


for locale in catalog["locales"]:
    # The folder of a locale that is named like a device has another name.
    overview = pages.get(f"{locale}/{index}") or pages[f"{locale}_/{index}"]
    own = title(catalog["title"], locale)
    compare(overview.path, "title", text(overview.content.css_first("h1")), shown(own), ("title", locale))
    current = [definition for definition in vectors["definitions"] if not definition["retired"]]
    retired = [definition for definition in vectors["definitions"] if definition["retired"]]
    sections = [[of for of in current if of["category"] == category["id"]] for category in categories]
    wanted = [row for section in [*sections, retired] for row in overview_rows(section, locale)]
    found = overview.tables({2 + has_statuses, 3 + has_statuses}, ["Error Code"])
    compare(overview.path, "rows", len(found), len(wanted))
    for row, cells in zip(found, wanted):
        for one, cell in zip(row, cells):
            compare(overview.path, cells[0], one, shown(cell))
    links = [heading.css_first("a[href]:not(.headerlink):not(.header)") for heading in overview.content.css("h2")]
    links = [link for link in links if link]
    compare(overview.path, "categories", len(links), len(categories))
    for category, link in zip(categories, links):
        heading = shown(category["titles"][locale])
        compare(overview.path, "category", text(link), heading, ("title", category["id"], locale))
        path, _ = target(overview, link.attributes["href"])
        page = pages[path]
        compare(path, "title", text(page.content.css_first("h1")), heading, ("title", category["id"], locale))
        # The menu, where the tool has one; mdBook numbers what is in it.
        for menu, entry in (("toc.html", "a"), (path, ".md-nav--primary .md-nav__link .md-ellipsis")):
            entries = [node.text() for node in pages[menu].tree.css(entry)] if menu in pages else []
            if entries:
                entries = {one_line(re.sub(r"^\s*[\d.]+ ", "", entry), heading) for entry in entries}
                compare(menu, f"menu without {heading}", one_line(heading, heading) in entries, True)
        of_category = [definition for definition in current + retired if definition["category"] == category["id"]]
        has_descriptions = any(meaning(of, it, locale) for of in of_category for it in of["messages"])
        wanted = list(rows(of_category, locale, has_descriptions))
        found = page.tables({4 + has_statuses + has_descriptions}, ["Category", "分類"])
        compare(path, "rows", len(found), len(wanted))
        for row, cells in zip(found, wanted):
            for one, (cell, place) in zip(row, cells):
                compare(path, cells[2][0], one, shown(cell), place)
        for definition in of_category:
            for place in (overview, page):
                if str(definition["code"]) not in map(code_of, place.ids):
                    problems.append(f"{place.path}: {definition['code']} has no address")
            check_details(page, definition, locale)
        tab = text(page.tree.css_first("title")) if flavour != "github" else ""
        if flavour == "docusaurus":
            compare(path, "title of the tab", tab, heading)
        elif flavour != "github":
            compare(path, "title of the tab", one_line(tab, heading), one_line(f"{heading} - Errors", heading))
        if flavour in ("mkdocs", "docusaurus"):
            description = page.tree.css_first("meta[name=description]").attributes["content"]
            colon = "：" if locale.startswith("zh") else ": "
            compare(path, "description of the page", description, shown(f"{own}{colon}{category['titles'][locale]}"))

print(len(compared - differing))
if problems:
    print("\n".join(problems[:40]), f"\n{len(problems)} problems", file=sys.stderr)
    sys.exit(1)
