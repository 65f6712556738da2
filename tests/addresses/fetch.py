"""fetch.py FOLDER…: serves the site in each folder, and fetches every address of it that stands in any file beside it."""

import json
import re
import sys
import threading
import urllib.error
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BASE = "https://docs.invalid/api/"
# What a URL may consist of, except for quotation marks and brackets: these end it in some output. `{code}` is no address yet.
ADDRESS = re.compile(re.escape(BASE) + r"[\w\-.~%/#:?&=+@!$*,;]*", re.ASCII)


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def addresses_in(text):
    """The addresses of pages in a text, as the readers of its format see them: a slash may be escaped."""
    text = text.replace("\\/", "/")
    return {found[0].partition("#")[0] for found in ADDRESS.finditer(text) if text[found.end() : found.end() + 1] != "{"}


def fetch(origin, address):
    try:
        with urllib.request.urlopen(origin + address.removeprefix(BASE)) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return f"{error.code}"


def is_page_of(definition, page):
    """Whether a page is headed by the id of an error, in which lines may break, or by its code where that says the same."""
    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    shown = re.findall(r'<(?:code class="id"|span class="code"[^>]*)>(.*?)</(?:code|span)>', heading)
    return definition["id"] in {it.replace("<wbr>", "") for it in shown}


def check(folder):
    """The addresses that were fetched, and what is wrong with them."""
    named = {}
    for file in sorted(it for it in folder.rglob("*") if it.is_file()):
        for address in addresses_in(file.read_text("utf-8")):
            named.setdefault(address, set()).add(file.relative_to(folder).parts[0])
    definitions = json.loads((folder / "conformance/vectors.json").read_text("utf-8"))["definitions"]
    of_errors = {it["docs_url"]: it for it in definitions}
    problems = [f"{len(definitions) - len(of_errors)} errors share an address"] if len(of_errors) < len(definitions) else []
    # These name the page of an error only where they say more of it than its row in a table.
    targets = set().union(*(named.get(it, set()) for it in of_errors)) - {"changelog", "markdown"}
    if len(targets) < 8:
        problems.append(f"only {sorted(targets)} name pages of errors")
    for address in of_errors:
        problems += [f"{target} does not name {address}" for target in sorted(targets - named.get(address, set()))]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=folder / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}/"
    for address in sorted(named):
        page = fetch(origin, address)
        if len(page) == 3:
            problems.append(f"{address} answers {page}; named by {sorted(named[address])}")
        elif address.endswith("/") and f'<link rel="canonical" href="{address}">' not in page:
            problems.append(f"{address} is the address of another page")
        elif address in of_errors and not is_page_of(of_errors[address], page):
            problems.append(f"{address} is not the page of {of_errors[address]['id']}")
    server.shutdown()
    server.server_close()
    return len(named), problems


count, problems = 0, []
for folder in map(Path, sys.argv[1:]):
    fetched, found = check(folder)
    count += fetched
    problems += [f"{folder.parent.name}: {problem}" for problem in found]
print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
print(f"addresses: {count}")
sys.exit(bool(problems))
