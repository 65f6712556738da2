"""github.py PAGES OUTPUT: renders pages as GitHub does, with cmark-gfm and its extensions."""

import sys
from pathlib import Path

from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

pages, output = map(Path, sys.argv[1:])
for page in pages.rglob("*.md"):
    html = github_flavored_markdown_to_html(page.read_text("utf-8"), Options.CMARK_OPT_UNSAFE)
    target = (output / page.relative_to(pages)).with_suffix(".html")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"<!doctype html><main>{html}</main>", "utf-8")
