"""Runs errgen on inputs of many shapes at a size and at four times that, and fails where the CPU time grows as its square would,
or where what it prints grows faster than the input.

Shapes are what is cheap to write and could be dear to read or to report: many of one kind, one that is long, or deep. Times are
compared within one run, each with another of the same machine and moment.
"""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# The size is raised until a run takes long enough to see a square in four times of it.
SIZES = (400, 1600, 6400)
SECONDS = 0.2
TIMES = 4
# Four times the size may take this many times as long: a square would take 16.
GROWTH = 8
# What is printed of four times the size may be this many times as long, and never longer than this many bytes.
OUTPUT_GROWTH = 5
MOST_OUTPUT = 8 << 20
FORMATS = ("human", "json", "sarif", "github")

HEAD = "catalog: a\nversion: 1.0.0\ntitle: { en: T }\nlocales: [en]\n"
SECTION = "categories:\n  - id: c\n    title: { en: C }\n    errors:\n"


def error(code: int, name: str = "", **fields: str) -> str:
    known = {"http": "404", "message": f"M{code}", "description": "{ en: D }"} | fields
    pairs = "".join(f", {key}: {value}" for key, value in known.items())
    return f"      - {{ code: {code}, id: {name or f'e{code}'}{pairs} }}\n"


def many(count: int, text: Callable[[int], str], between: str = "") -> str:
    return between.join(text(index) for index in range(count))


def errors(count: int, text: Callable[[int], str] = error, head: str = "") -> str:
    return HEAD + head + SECTION + many(count, text)


def one(head: str = "", **fields: str) -> str:
    return HEAD + head + SECTION + error(1, **fields)


def description(text: str) -> str:
    return one(description=f'{{ en: "{text}" }}')


def parameters(count: int, name: str = "p") -> str:
    return "{ " + many(count, lambda i: f"{name}{i}: {{ type: string }}", ", ") + " }"


def cases(count: int) -> str:
    case = '          - {{ id: c{0}, message: "M{0} %s", description: {{ en: D }} }}\n'.format
    start = "      - code: 1\n        id: e\n        http: 404\n        description: { en: D }\n        cases:\n"
    return HEAD + SECTION + start + many(count, case)


def block(line: str) -> Callable[[int], str]:
    start = "      - code: 1\n        id: e\n        http: 404\n        message: M\n        description:\n          en: |\n"
    return lambda n: HEAD + SECTION + start + f"            {line}\n" * n


def category(index: int, codes: str = "") -> str:
    return (
        f"  - {{ id: c{index}, title: {{ en: C }}{codes}, errors: "
        f"[{{ code: {index + 1}, id: e{index}, http: 404, message: M, description: {{ en: D }} }}] }}\n"
    )


SHAPES: dict[str, Callable[[int], str]] = {
    "errors": errors,
    "carriage returns": lambda n: errors(n).replace("\n", "\r\n"),
    "one code": lambda n: errors(n, lambda i: error(1, f"e{i}")),
    "one id": lambda n: errors(n, lambda i: error(i, "same")),
    "one message": lambda n: errors(n, lambda i: error(i, message="M")),
    "names that collide": lambda n: errors(n, lambda i: error(2 * i, f"e_{i}") + error(2 * i + 1, f"e{i}")),
    "one line": lambda n: "{"
    + HEAD.strip().replace("\n", ", ")
    + ", categories: [{id: c, title: {en: C}, errors: ["
    + many(n, lambda i: f"{{code: {i}, id: E{i}, http: 404, message: M, description: {{en: D}}}}", ", ")
    + "]}]}",
    "categories": lambda n: HEAD + "categories:\n" + many(n, category),
    "ranges that overlap": lambda n: HEAD + "categories:\n" + many(n, lambda i: category(i, f", codes: 1-{n}")),
    "unknown successors": lambda n: errors(
        n, lambda i: error(i, f"error_number_{i}", deprecated=f"{{ since: 1.0.0, use: error_nomber_{i}_x }}")
    ),
    "long successor": lambda n: one().replace("id: e1", f"id: {'a' * n * 10}")
    + error(2, deprecated=f"{{ since: 1.0.0, use: {'b' * n * 10} }}"),
    "one cycle of successors": lambda n: errors(n, lambda i: error(i, deprecated=f"{{ since: 1.0.0, use: e{(i + 1) % n} }}")),
    "many cycles of successors": lambda n: errors(n, lambda i: error(i, deprecated=f"{{ since: 1.0.0, use: e{i ^ 1} }}")),
    "successors before a cycle": lambda n: errors(
        n, lambda i: error(i, deprecated=f"{{ since: 1.0.0, use: e{i - 1 if i > 1 else 1 - i} }}")
    ),
    "versions in the future": lambda n: errors(n, lambda i: error(i, since="2.0.0", deprecated="{ since: 1.5.0 }")),
    "long version": lambda n: errors(n, lambda i: error(i, since="2.0.0")).replace("1.0.0", f"1.0.0-{'a' * n * 10}"),
    "pointers": lambda n: one("wire:\n  fixed:\n" + many(n, "    /p{}: 1\n".format)),
    "pointers through each other": lambda n: one("wire:\n  fixed:\n" + many(n, lambda i: f"    /a/{i % 9}/{i}: 1\n    /a/{i}: 1\n")),
    "long pointer": lambda n: one("wire:\n  fixed:\n    ? " + "/a" * n * 10 + "\n    : 1\n"),
    "locales": lambda n: one().replace("[en]", "[en, " + many(n, "aa-x{:07}".format, ", ") + "]"),
    "undeclared locales": lambda n: one(description="{ en: D, " + many(n, "aa-y{:07}: x".format, ", ") + " }").replace(
        "[en]", "[en, " + many(n, "aa-x{:07}".format, ", ") + "]"
    ),
    "missing locales": lambda n: errors(n).replace("[en]", "[en, " + many(n, "aa-x{:07}".format, ", ") + "]"),
    "unknown lints": lambda n: errors(
        n, lambda i: error(i, message='"M %s <b>"'), "lint:\n" + many(n, "  nothing-{}: warn\n".format)
    ),
    "exemptions": lambda n: one(allow="[" + "{ rule: lone-status, reason: R }, " * n + "]"),
    "parameters": lambda n: one(message='"' + many(n, "{{p{}}} ".format) + '"', params=parameters(n)),
    "undeclared parameters": lambda n: one(message='"' + many(n, "{{p{}}} ".format) + '"'),
    "misspelt parameters": lambda n: one(
        message='"' + many(n, "{{parameter_x{}}} ".format) + '"', params=parameters(n, "parameter_")
    ),
    "repeated parameters": lambda n: one(message='"' + "{p}" * n + '"', params=parameters(1)),
    "cases": cases,
    "misspelt keys": lambda n: errors(n, lambda i: error(i, htp="404")),
    "duplicate keys": lambda n: one() + "version: 1.0.0\n" * n,
    "duplicate keys of free data": lambda n: one(meta="{ " + "k: 1, " * n + "}"),
    "duplicate parameters": lambda n: one(params="{ " + "p: { type: string }, " * n + "}"),
    "one locale": lambda n: one().replace("[en]", "[en, " + "fr, " * n + "]"),
    "locales that differ": lambda n: one(
        message='"' + many(n, "{{p{}}} ".format) + '"',
        params=parameters(n),
        description="{ en: '" + many(n, "{{p{}}} ".format) + "', " + many(n // 4, "aa-x{0:07}: x".format, ", ") + " }",
    ).replace("[en]", "[en, " + many(n // 4, "aa-x{:07}".format, ", ") + "]"),
    "byte order marks": lambda n: "{"
    + HEAD.strip().replace("\n", ", ")
    + ', categories: [{id: c, title: {en: C}, errors: [{code: 1, id: e, http: 404, description: {en: D}, message: "\n'
    + "\ufeff" * n
    + many(n, "{{p{}}} ".format)
    + '"}]}]}',
    "lines with byte order marks": lambda n: HEAD + "\ufeffk: 1\n" * n,
    "hidden characters": lambda n: HEAD + many(n, "k{}: \u202e\u200b\n".format),
    "conflicts": lambda n: "<<<<<<< a\n=======\n>>>>>>> b\n" * n,
    "long keys": lambda n: HEAD + many(n // 100, lambda i: f"? {'k' * 9000}{i}\n: 1\n"),
    "unknown keys": lambda n: HEAD + many(n, "k{}: 1\n".format),
    "targets": lambda n: one("targets:\n" + many(n, "  nothing_{}: {{}}\n".format)),
    "options": lambda n: one("targets: { rust: { " + many(n, "o{}: 1".format, ", ") + " } }\n"),
    "less-than signs": lambda n: description("<" * n * 20),
    "less-than signs and an end": lambda n: description("<" * n * 20 + ">"),
    "ends of elements": lambda n: description("<//" * n * 20 + ">"),
    "ampersands": lambda n: description("&#1" * n * 20 + ";"),
    "per cents": lambda n: one(message='"' + "%1" * n * 20 + '"'),
    "precisions": lambda n: one(message='"%.' + "1" * n * 20 + '"'),
    "literal braces": lambda n: one(message='"' + "{{a " * n * 5 + '"'),
    "braces in a row": lambda n: one(message='"' + "{{{{" * n * 5 + '"'),
    "placeholders of printf": lambda n: one(message='"' + "%(a %s " * n * 5 + '"'),
    "placeholders with signs": lambda n: one(message='"' + ":aa $aa " * n * 5 + '"'),
    "texts that are cut off": lambda n: errors(n).replace("{ en: D }", '{ en: "D" } #a'),
    "links": lambda n: description("http://a.b/ " * n * 5),
    "joiners": lambda n: description("漢" + r"\u200d" * n * 10),
    "one word": lambda n: description("word" * n * 10),
    "words": lambda n: description("word some " * n * 10),
    "line breaks": lambda n: description("a" + r"\n" * n * 10 + "b"),
    "block": block("line of text"),
    "block with braces": block("line {of text"),
    "long key": lambda n: "k" * n * 20 + ": 1\n" + one(),
    "long id": lambda n: one().replace("id: e1", "id: " + "x" * n * 20),
    "free data": lambda n: one(meta="{ " + many(n, "k{0}: {0}".format, ", ") + " }"),
    "aliases": lambda n: one("meta:\n  a: &a [x, x]\n" + many(n, "  b{}: [*a, *a, *a]\n".format)),
    "anchors": lambda n: HEAD + many(n, "k{0}: &a{0} 1\n".format),
    "tags": lambda n: one("meta: [" + "!!str a, " * n + "]\n"),
    "comments": lambda n: "# c\n" * n * 10 + one(),
    "documents": lambda n: "---\na: 1\n" * n,
    "directives": lambda n: "%YAML 1.2\n" * n + "---\na: 1\n",
    "open lists": lambda n: "[" * n * 10,
    "open quotation": lambda n: 'a: "' + "b\n" * n * 10,
    "open keys": lambda n: "? " * n * 10,
    "open items": lambda n: "- " * n * 10,
    "colons": lambda n: "a: " * n * 10,
    "tabs": lambda n: "a:\n" + "\t" * n * 20 + "b",
}


Shape = Callable[[Path, int], list[str]]

MANIFEST = "description: d\nfiles:\n  - { template: t.tera, path: "
TARGET = ["generate", "demo", "--templates", "templates", "--format"]


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, newline="")


def linted(catalogue: Callable[[int], str]) -> Shape:
    """Lints a catalogue."""

    def prepare(folder: Path, count: int) -> list[str]:
        write(folder, "catalog.yaml", catalogue(count))
        return ["lint", "--format"]

    return prepare


def target(path: str, template: Callable[[int], str], each: str = "") -> Shape:
    """Generates a target of one's own."""

    def prepare(folder: Path, count: int) -> list[str]:
        write(folder, "catalog.yaml", errors(count))
        write(folder, "templates/demo/target.yaml", f"{MANIFEST}{path}{each} }}\n")
        write(folder, "templates/demo/t.tera", template(count))
        return TARGET

    return prepare


def wrong_templates(folder: Path, count: int) -> list[str]:
    words = target("x", lambda _: "x")(folder, count)
    for index in range(count):
        write(folder, f"templates/demo/t{index}.tera", f"{{{{ nothing_{index} }}}}\n")
    return words


def listed(state: str) -> Shape:
    """Checks a folder whose list names many files: as they were written, edited, gone or named wrongly."""

    def prepare(folder: Path, count: int) -> list[str]:
        write(folder, "catalog.yaml", one())
        line = "wrong {0}\n" if state == "wrong" else "0000000000000000  file{0}.txt\n"
        write(folder, "generated/rust/.errgen-files", many(count, line.format))
        for index in range(count if state == "edited" else 0):
            write(folder, f"generated/rust/file{index}.txt", "mine\n")
        return ["check", "rust", "--format"]

    return prepare


def unwritten(folder: Path, count: int) -> list[str]:
    words = target('"{{ error.id }}.txt"', lambda _: "x\n" * 50, ", each: [error]")(folder, count)
    return ["check", *words[1:]]


def edited(line: str) -> Shape:
    """Checks a file in which every line is another than errgen would write."""

    def prepare(folder: Path, count: int) -> list[str]:
        words = target("x", lambda n: many(n, "line {0}\n".format))(folder, count)
        text = many(count, line.format)
        write(folder, "generated/demo/x", text)
        write(folder, "generated/demo/.errgen-files", "catalog: a\ntarget: demo\n0000000000000000  x\n")
        return ["check", *words[1:-1], "--diff=full", "--format"]

    return prepare


def one_folder(folder: Path, count: int) -> list[str]:
    """Generates two targets into one folder, each with the same files."""
    head = "targets: { one: { out: o }, two: { out: p/../o } }\n"
    write(folder, "catalog.yaml", errors(count, head=head))
    for name in ("one", "two"):
        write(folder, f"templates/{name}/target.yaml", MANIFEST + '"{{ error.id }}.txt", each: [error] }\n')
        write(folder, f"templates/{name}/t.tera", "x")
    return ["generate", "one", "two", *TARGET[2:]]


LIST = "generated/openapi/.errgen-files"
RECORD = ".errgen/folders"
HASH = "0123456789abcdef  "


def explained(text: Callable[[int], str]) -> Shape:
    """Lints a catalogue with an explanation."""

    def prepare(folder: Path, count: int) -> list[str]:
        write(folder, "catalog.yaml", one(explanation="docs/e.md"))
        write(folder, "docs/e.md", text(count))
        return ["lint", "--format"]

    return prepare




def deep(index: int) -> str:
    return f"{index}/" + "a/" * 2000 + "x"


def owned(path: str, text: Callable[[int], str]) -> Shape:
    """Generates where one of errgen's own lists has a text."""

    def prepare(folder: Path, count: int) -> list[str]:
        write(folder, "catalog.yaml", one("targets: { openapi: {} }\n"))
        write(folder, path, text(count))
        return ["generate", "--format"]

    return prepare


# What needs more than a catalogue, or another command.
OTHERS: dict[str, Shape] = {
    "unsafe output paths": target('"../{{ error.id }}"', lambda _: "x", ", each: [error]"),
    "equal output paths": target("x", lambda _: "x", ", each: [error]"),
    "unknown variables": target("x", lambda n: many(n, "{{{{ nothing_{} }}}}\n".format)),
    "unknown filters": target("x", lambda n: many(n, "{{{{ catalog.id | nothing_{} }}}}\n".format)),
    "names of its own": target(
        "x", lambda n: many(n, "{{% set name_{0} = 1 %}}{{{{ nane_{0}_x }}}}\n".format)
    ),
    "wrong templates": wrong_templates,
    "wrong lines of a list": listed("wrong"),
    "edited files": listed("edited"),
    "files that are gone": listed("gone"),
    "files that are missing": unwritten,
    "two targets in a folder": one_folder,
    "list of one line": owned(LIST, lambda n: "x" * n * 20),
    "list of one path": owned(LIST, lambda n: HASH + "a/" * n * 10),
    "list of paths": owned(LIST, lambda n: many(n * 20, lambda i: f"{HASH}p{i}/x.txt\n")),
    "list of deep paths": owned(LIST, lambda n: many(n // 5, lambda i: f"{HASH}{deep(i)}\n")),
    "list of one path's hashes": owned(LIST, lambda n: many(n * 20, "{:016x}  openapi.yaml\n".format)),
    "list of owners": owned(LIST, lambda n: many(n * 20, "target: t{}\n".format)),
    "list of conflict markers": owned(LIST, lambda n: "<<<<<<< a\n=======\n>>>>>>> b\n" * n * 20),
    "record of one line": owned(RECORD, lambda n: "x" * n * 20),
    "record of folders": owned(RECORD, lambda n: many(n * 5, "f{}\topenapi\tcatalog.yaml\n".format)),
    "record of deep folders": owned(RECORD, lambda n: many(n // 10, lambda i: f"{deep(i)}\topenapi\tcatalog.yaml\n")),
    "record of targets": owned(RECORD, lambda n: many(n * 5, "f\tt{}\tcatalog.yaml\n".format)),
    "explanation of quotes": explained(lambda n: "> " * 30 + "a\n" + "b\n" * n * 10),
    "explanation of deep items": explained(lambda n: "".join(" " * i * 2 + "- a\n" for i in range(60)) + "\n" * n * 20),
    "explanation of items": explained(lambda n: "- a\n" * n * 5),
    "explanation of brackets": explained(lambda n: "[" * n * 20),
    "explanation of links": explained(lambda n: "[a](" * n * 5),
    "explanation of references": explained(lambda n: "[a]: https://example.com/" + "b" * n * 5 + "\n\n" + "[a] " * n * 5),
    "explanation of stars": explained(lambda n: "*a **b " * n * 3),
    "explanation of backticks": explained(lambda n: many(n // 10, lambda i: "`" * (i % 400) + "a ")),
    "explanation of tags": explained(lambda n: "<a " * n * 5),
    "explanation of elements": explained(lambda n: "<b>" * n * 5),
    "explanation of comments": explained(lambda n: "a <!-- " * n * 3),
    "explanation of footnotes": explained(lambda n: many(n, "[^{0}]: a\n".format) + many(n, "[^{}] ".format)),
    "explanation of tables": explained(lambda n: "|a" * n + "\n" + "|-" * n + "\n" + "|a\n" * n),
    "explanation of entities": explained(lambda n: "&#" * n * 10),
    "explanation of code": explained(lambda n: "```\n" * n * 5),
    "explanation of parts": explained(lambda n: "a *b* `c`\n" * n * 2),
    "other lines": edited("other {0}\n"),
    "equal lines": edited("line 0\n"),
    "every second line": edited("line {0}\nline {0}\n"),
}


def run(errgen: str, form: str, shape: Shape, count: int) -> tuple[float, int]:
    """The CPU time of a run, and how many bytes it prints."""
    with tempfile.TemporaryDirectory() as folder:
        words = shape(Path(folder), count)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run([errgen, *words, form], cwd=folder, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 1, 2):
        raise SystemExit(f"errgen ended with {run.returncode}: {run.stderr[:200]!r}")
    time = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return time, len(run.stdout) + len(run.stderr)


def main() -> int:
    errgen = str(Path(sys.argv[1]).resolve())
    shapes = {name: linted(shape) for name, shape in SHAPES.items()} | OTHERS
    wanted = sys.argv[2:] or list(shapes)
    least, _ = run(errgen, "human", linted(lambda _: one()), 1)
    failed = 0
    print(f"{'shape':32}{'format':8}{'n':>6}{'seconds at n':>14}{'at 4n':>8}{'bytes at n':>14}{'at 4n':>10}")
    for name in wanted:
        shape = shapes[name]
        for size in SIZES:
            if run(errgen, "json", shape, size)[0] > SECONDS:
                break
        for form in FORMATS:
            (small, printed), (large, more) = (run(errgen, form, shape, count) for count in (size, size * TIMES))
            print(f"{name:32}{form:8}{size:6}{small:14.2f}{large:8.2f}{printed:14}{more:10}", flush=True)
            # Below what errgen takes for one error there is nothing to compare with.
            growth = (large - least) / max(small - least, least)
            if growth > GROWTH:
                print(f"{name}, {form}: {growth:.1f} times the time for {TIMES} times the size", file=sys.stderr)
                failed += 1
            if more > max(OUTPUT_GROWTH * printed, 4096) or more > MOST_OUTPUT:
                print(f"{name}, {form}: {printed} bytes, and {more} for {TIMES} times the size", file=sys.stderr)
                failed += 1
    print(f"shapes: {len(wanted)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
