"""read_back.py (MODULE VECTORS)…: what the readers of YAML, JSON and Markdown find in OpenAPI documents.

Every document is held against the `definitions` and the `vectors` of its catalogue,
templates/conformance/README.md. No text may be lost, and none may be taken for markup.
"""

from __future__ import annotations

import html.parser
import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
PROBLEM = {"type", "title", "status", "detail", "instance", "parameters"}

# What renderers of OpenAPI know beyond CommonMark.
markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
failures: list[str] = []
compared = 0


def expect(what: str, found: object, wanted: object) -> None:
    """Note a difference; values are compared as JSON, in which 1 is no true."""
    global compared  # noqa: PLW0603
    compared += 1
    texts = [json.dumps(it, ensure_ascii=True) for it in (found, wanted)]
    if texts[0] != texts[1]:
        failures.append(f"{what}:\n  found    {texts[0]}\n  expected {texts[1]}")


def texts_of(vector: dict[str, Any], member: str) -> dict[str, str | None]:
    """Return the texts of a vector with the examples of sensitive parameters in them."""
    expected = vector["expected"]
    return expected.get(f"raw_{member}", expected[member])


class Shown(html.parser.HTMLParser):
    """The text that a reader of HTML sees."""

    def __init__(self, source: str) -> None:
        """Read a whole text."""
        super().__init__()
        self.text = ""
        self.feed(markdown.render(source))
        self.close()
        self.text = self.text.removesuffix("\n\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break a line; any other tag comes from a text that was taken for markup."""
        if tag == "br":
            self.text += "\n"
        elif tag != "p" or attrs:
            self.text += f"[MARKUP {tag} {attrs}]"

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph."""
        if tag == "p":
            self.text += "\n\n"

    def handle_data(self, data: str) -> None:
        """Take a text, without the line break that HTML is written with after a paragraph."""
        self.text += "" if data == "\n" else data

    def handle_comment(self, data: str) -> None:
        """Note what nobody would see."""
        self.text += f"[COMMENT {data}]"


def shown(*paragraphs: str | None) -> str:
    """Return how texts are shown: HTML has no way to hold a control character."""
    texts = [LINE_BREAK.sub("\n", it) for it in paragraphs if it is not None]
    texts = [CONTROL.sub(lambda it: f"\\x{ord(it[0]):02X}", it) for it in texts]
    return "\n\n".join(texts)


def compare(name: str, found: str, wanted: str, *, is_marked: bool) -> None:
    """Compare; before what is deprecated or retired, that is said."""
    start = max(0, len(found) - len(wanted)) if is_marked else 0
    expect(name, found[start:], wanted)
    if is_marked:
        expect(f"{name}, marked", len(found) > len(wanted), wanted=True)


class Document:
    """One document, held against the catalogue."""

    def __init__(self, file: Path, content: Any, locale: str) -> None:
        """Take what a reader has read."""
        self.file = file
        self.locale = locale
        self.components = content["components"]
        schemas = self.components["schemas"]
        # The open code, the known codes and the body come first. Where nothing is left, there
        # are no known codes.
        _, self.known, *others = schemas.values()
        if "enum" in self.known:
            self.body = others[0]
        else:
            self.body = self.known
            self.known = {
                it: [] for it in ("enum", "x-enum-varnames", "x-enum-descriptions")
            }
        self.errors = {
            it["x-error"]["id"]: it for it in schemas.values() if "x-error" in it
        }
        self.validators = {
            it["x-error"]["id"]: Draft202012Validator(
                {"$ref": f"#/components/schemas/{name}", "components": self.components}
            )
            for name, it in schemas.items()
            if "x-error" in it
        }

    def check(self, conformance: dict[str, Any]) -> None:
        """Compare all that the catalogue says."""
        vectors = {
            (it["expected"]["id"], it["expected"]["case"]): it
            for it in conformance["vectors"]
            # An example is in the language of the fallback locale.
            if "locale" not in it
        }
        # The target may have been told to drop retired errors.
        definitions = []
        for it in conformance["definitions"]:
            # A success has a code, but no body of an error.
            if it["id"] in self.errors or it.get("no_error"):
                definitions.append(it)
            else:
                expect(
                    f"{self.file}: {it['id']} is left out",
                    it["retired"] is None,
                    wanted=False,
                )
        codes = [str(it["code"]) for it in definitions]
        expect(f"{self.file}: codes", [str(it) for it in self.known["enum"]], codes)
        expect(
            f"{self.file}: varnames",
            len(set(self.known["x-enum-varnames"])),
            len(codes),
        )
        examples = iter(self.components.get("examples", {}).items())
        for definition, text in zip(
            definitions, self.known["x-enum-descriptions"], strict=True
        ):
            if definition.get("no_error"):
                self.listed(definition, text)
                continue
            self.error(definition, text)
            if definition["http"] is None:
                continue  # there are no responses, and no examples for them
            for message in definition["messages"]:
                vector = vectors.get((definition["id"], message["case"]))
                self.example(*next(examples), definition, message, vector)
        expect(f"{self.file}: examples left", [name for name, _ in examples], [])
        self.responses(definitions)

    def listed(self, definition: dict[str, Any], listed: str) -> list[str]:
        """Compare what stands beside a code in the list, and return its texts."""
        description = definition["descriptions"][self.locale]
        messages = [it["message"] for it in definition["messages"]]
        # Without a description, the messages stand there.
        texts = messages if description is None else [description]
        compare(
            f"{self.file}: {definition['id']}, x-enum-descriptions",
            listed,
            LINE_BREAK.sub(" ", " / ".join(texts)),
            is_marked=bool(definition["deprecated"] or definition["retired"]),
        )
        expect(
            f"{self.file}: {definition['id']}, in one line",
            LINE_BREAK.search(listed) is None,
            wanted=True,
        )
        return texts

    def error(self, definition: dict[str, Any], listed: str) -> None:
        """Compare an error's schema, and its description beside its code."""
        name = f"{self.file}: {definition['id']}"
        schema = self.errors[definition["id"]]
        resolution = definition["resolutions"][self.locale]
        is_marked = bool(definition["deprecated"] or definition["retired"])
        texts = self.listed(definition, listed)
        compare(
            f"{name}, schema",
            Shown(schema["description"]).text,
            shown(*texts, resolution),
            is_marked=is_marked,
        )
        expect(f"{name}, deprecated", schema.get("deprecated", False), is_marked)
        expect(
            f"{name}, docs_url",
            schema.get("externalDocs", {}).get("url"),
            definition["docs_url"],
        )
        # Those that modules do not have are there as well.
        properties = schema["x-error"].get("properties", {})
        for name_, value in definition.get("properties", {}).items():
            expect(f"{name}, property {name_}", properties.get(name_), value)
        old = definition.get("renamed_from")
        expect(
            f"{name}, x-error",
            {key: it for key, it in schema["x-error"].items() if key != "properties"},
            {
                "id": definition["id"],
                **({"renamed_from": old} if old else {}),
                **({"status": definition["http"]} if definition["http"] else {}),
                "retry": definition["retry"],
            },
        )

    def example(
        self,
        example_name: str,
        example: dict[str, Any],
        definition: dict[str, Any],
        message: dict[str, Any],
        vector: dict[str, Any] | None,
    ) -> None:
        """Compare an example with what a server sends, and with what is said of it."""
        name = f"{self.file}: example {example_name}"
        expect(f"{name}, summary", example["summary"], message["message"])
        other = next((it for it in self.errors if it != definition["id"]), None)
        # A code in a header is not in the body.
        if self.errors[definition["id"]]["allOf"][1] == {"type": "object"}:
            other = None
        for id_ in filter(None, [definition["id"], other]):
            is_valid = self.validators[id_].is_valid(example["value"])
            expect(f"{name} fits {id_}", is_valid, id_ == definition["id"])
        response = self.response_of(example_name)
        expect(f"{name}, response", response, [str(definition["http"])])
        # Where two parameters touch, there is no vector.
        if vector is None:
            return
        body = json.loads(vector["response"]["body"]["text"])
        value = example["value"]
        if any("problem" in it for it in self.media_types()):
            # One that no server raises has none.
            if "problem" in vector:
                wanted = json.loads(vector["problem"])
                expect(f"{name}, problem", sort(value), sort(wanted))
            problem = {it: value[it] for it in value if it in PROBLEM - body.keys()}
            expect(f"{name}, status", problem["status"], definition["http"])
            expect(f"{name}, detail", problem["detail"], vector["expected"]["raw_message"])
            expect(
                f"{name}, type",
                problem["type"],
                definition["docs_url"] or "about:blank",
            )
            value = {it: value[it] for it in value if it not in problem}
        expect(f"{name}, body", sort(value), sort(body))
        description = texts_of(vector, "descriptions").get(self.locale)
        # What is the message stands there already, as the summary.
        is_repeated = message["descriptions"][self.locale] in (None, message["message"])
        texts = [] if is_repeated else [description]
        if message["case"] is None:
            texts.append(texts_of(vector, "resolutions").get(self.locale))
        is_marked = bool(definition["deprecated"] or definition["retired"])
        text = Shown(example.get("description", "")).text
        compare(f"{name}, description", text, shown(*texts), is_marked=is_marked)

    def media_types(self) -> set[str]:
        """Return those of all responses."""
        return {
            it
            for all_ in self.components.get("responses", {}).values()
            for it in all_["content"]
        }

    def by_status(self) -> dict[str, dict[str, Any]]:
        """Return the response of each status."""
        return {
            name[-3:]: it
            for name, it in self.components.get("responses", {}).items()
            if name[-3:].isdigit()
        }

    def response_of(self, example: str) -> list[str]:
        """Return the statuses of the responses that list an example."""
        reference = {"$ref": f"#/components/examples/{example}"}
        return [
            status
            for status, response in self.by_status().items()
            for content in response["content"].values()
            if content["examples"].get(example) == reference
        ]

    def own_responses(self, definitions: list[dict[str, Any]]) -> None:
        """Compare the response of each error: its schema, its examples and its headers."""
        schemas = {
            it["x-error"]["id"]: f"#/components/schemas/{name}"
            for name, it in self.components["schemas"].items()
            if "x-error" in it
        }
        found = [
            it
            for name, it in self.components.get("responses", {}).items()
            if not name[-3:].isdigit()
        ]
        sent = [
            it for it in definitions if it["http"] is not None and not it.get("no_error")
        ]
        expect(f"{self.file}: responses of errors", len(found), len(sent))
        for response, definition in zip(found, sent, strict=True):
            name = f"{self.file}: {definition['id']}, its response"
            (content,) = response["content"].values()
            expect(name, content["schema"], {"$ref": schemas[definition["id"]]})
            schema = self.errors[definition["id"]]
            expect(name, response["description"], schema["description"])
            expect(name, len(content["examples"]), len(definition["messages"]))
            for example, reference in content["examples"].items():
                expect(name, reference, {"$ref": f"#/components/examples/{example}"})
                value = self.components["examples"][example]["value"]
                is_valid = self.validators[definition["id"]].is_valid(value)
                expect(f"{name}, {example}", is_valid, wanted=True)
            expect(
                f"{name}, Retry-After",
                "Retry-After" in response.get("headers", {}),
                definition["retry"] == "throttled",
            )

    def responses(self, definitions: list[dict[str, Any]]) -> None:
        """Compare which responses tell when to try again."""
        throttled = {
            str(it["http"])
            for it in definitions
            if it["retry"] == "throttled" and it["http"]
        }
        self.own_responses(definitions)
        told = {
            status
            for status, response in self.by_status().items()
            if "Retry-After" in response.get("headers", {})
        }
        expect(f"{self.file}: Retry-After", sorted(told), sorted(throttled))
        wanted = {
            json.dumps(it["parameters"], sort_keys=True)
            for definition in definitions
            for it in definition["messages"]
            if it["parameters"]
        }
        found = {
            json.dumps(
                {
                    its.get("x-name", name): its["type"]
                    for name, its in it["properties"].items()
                },
                sort_keys=True,
            )
            for name, it in self.components["schemas"].items()
            if name.endswith("Parameters")
        }
        expect(f"{self.file}: parameters", sorted(found), sorted(wanted))


def sort(value: object) -> object:
    """Return the value with its members in one order."""
    return json.loads(json.dumps(value, sort_keys=True))


def compare_module(module: str, vectors: str) -> None:
    """Compare every document of a module."""
    conformance = json.loads(Path(vectors).read_bytes())
    locales = list(conformance["categories"][0]["titles"])
    files = sorted(Path(module).glob("openapi*.yaml"))
    named = [it.name.removeprefix("openapi.").removesuffix(".yaml") for it in files]
    # The one without a name is that of the fallback.
    (fallback,) = set(locales) - set(named)
    expect(
        f"{module}: documents", sorted(named), sorted({"yaml", *locales} - {fallback})
    )
    for file, tag in zip(files, named, strict=True):
        content = yaml.load(file.read_bytes(), yaml.CSafeLoader)
        other = file.with_suffix(".json")
        # As text, so that the order counts, too.
        same = json.dumps(json.loads(other.read_bytes())) == json.dumps(content)
        expect(f"{other}: as {file}", same, wanted=True)
        Document(file, content, fallback if tag == "yaml" else tag).check(conformance)


def main(*arguments: str) -> None:
    """Compare each module with its vectors."""
    for module, vectors in zip(arguments[::2], arguments[1::2], strict=True):
        compare_module(module, vectors)
    if failures:
        sys.exit("\n".join([*failures[:20], f"{len(failures)} differences"]))
    print(f"texts: {compared}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
