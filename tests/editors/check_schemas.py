"""check_schemas.py REPOSITORY ERRGEN…: holds the schemas that errgen prints against what errgen itself says of every
catalogue and manifest in the repository, by the validator of the package `jsonschema`.

A catalogue is read as an editor reads it: plain scalars by YAML's core schema, which is also how errgen reads free data. That
the schema takes `true`, `null` or a number for a text is thereby tested too. One thing is as in errgen: where no value is
written there is none, which is of no type, though an editor's reader has a null there.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

# What errgen finds and a schema cannot: for a rule, a case, or a line of a case, the reason.
BEYOND_JSON = {
    "E102": "a mapping in JSON has no duplicate keys; a YAML reader tells of them",
    "E103-missing-key:6": "an included file can have the errors of a category",
    "E103-element-without-at": "the keys of a place must agree",
    "E106-no-error": "two values must agree",
    "E106-separator-and-subcode": "two places must agree",
    "E106-template-and-mark": "the keys of a place must agree",
    "E202-bad-code:9": "the reader makes the number 7 of 007",
    "E202-bad-code:14": "the reader makes the number 7 of +7",
    "E202-number-in-another-notation": "a reader tells neither how a number is written nor whether a text is quoted",
    "E203-inherited:26": "a group or a category can set the status",
    "E205-integer-on-the-wire": "two values must agree",
    "E207-element-too-deep": "two pointers must agree",
    "E207-item-too-deep": "two pointers must agree",
    "E207-too-deep:9": "a pointer and a value must agree",
    "E208-bad-range:17": "two numbers must agree",
    "E208-bad-range:22": "two ranges must agree",
    "E208-bad-prefix:27": "two prefixes must agree",
    "E208-prefix-of-integers": "two values must agree",
    "E208-range-of-strings": "two values must agree",
    "E210-errgen-too-old": "the schema does not know which errgen will read the catalogue",
    "E211-reserved-namespace": "the schema does not know which words a language reserves",
    "E212": "two values must agree",
    "E213": "the keys of a property must agree",
    "E214": "the catalogue itself declares which names there are",
    "E215": "the catalogue itself declares the type",
    "E216-bad-acronym:13": "two values must differ in more than letter case",
    "E216-bad-acronym:14": "two values must differ in more than letter case",
    "E218-bad-path:17": "the short name of a hidden folder looks like any other",
    "E218-bad-path:20": "the name of a device looks like any other",
    "E218-bad-path:21": "the name of a device looks like any other",
    "E218-explanation:48": "the name of a device looks like any other",
    "E220": "the keys of a place must agree with each other, and places with the catalogue",
    "E221": "two types must agree",
    "E303-mixed-code-kinds:24": "a reader does not tell how a number is written",
}
# The rules of reading: where they are broken there may be no YAML.
READING = re.compile("E0")
# Those of structure and of single values, which a schema knows too.
STRUCTURE = re.compile("E[12]")
# Where errgen says this, it says nothing else: what looks wrong may only be new.
TOO_OLD = "E210"


# Manifests that are unfit for one reason each, as lines in place of some of the good one's.
MANIFEST = {
    "description": "A demonstration",
    "files": "[{ template: a.tera, path: a.txt }]",
    "names": "{ error: { constant: { case: snake } } }",
    "reserved": '[{ words: [type, true, 1.5], format: "{}_" }]',
    "escapes": "{ string: { quotes: ['\"'], control: { format: HEX, digits: 2 }, wrap: 80 } }",
    "types": "{ string: text }",
    "options": "{ size: { description: A size, values: [1, 2], default: 1 } }",
    "data": "[free]",
}
UNFIT_MANIFESTS = [
    {"colour": "red"},
    {"description": None},
    {"description": "[A demonstration]"},
    {"files": None},
    {"files": "{}"},
    {"files": "[{ template: a.tera }]"},
    {"files": "[{ template: a.tera, path: a.txt, colour: red }]"},
    {"files": "[{ template: a.tera, path: a.txt, each: [parameter] }]"},
    {"names": "{ class: { constant: { case: snake } } }"},
    {"names": "{ error: { constant: { case: camel } } }"},
    {"names": "{ error: { constant: { format: '{}' } } }"},
    {"names": "{ error: { constant: { case: snake, qualified: perhaps } } }"},
    {"names": "{ error: { constant: { case: snake, colour: red } } }"},
    {"reserved": "[{ words: [type] }]"},
    {"reserved": '[{ words: type, format: "{}_" }]'},
    {"reserved": '[{ words: [type], format: "{}_", colour: red }]'},
    {"escapes": "{ string: { colour: red } }"},
    {"escapes": "{ string: { wrap: wide } }"},
    {"escapes": "{ string: { control: { format: HEX, digits: -1 } } }"},
    {"escapes": "{ string: { control: { format: HEX, colour: red } } }"},
    {"escapes": "{ string: { control: { format: HEX, astral: none } } }"},
    {"escapes": "{ string: { control: { format: HEX, astral: { format: { format: HEX } } } } }"},
    {"escapes": "{ string: { control: { format: HEX, astral: { format: { format: HEX, digits: 8, colour: red } } } } }"},
    {"types": "[text]"},
    {"options": "{ size: { description: A size } }"},
    {"options": "{ size: { description: A size, values: [1], colour: red } }"},
]


class Nothing:
    """No value, where one could be."""


class Loader(yaml.BaseLoader):
    """PyYAML without the types of YAML 1.1."""


def construct_scalar(loader, node):
    text = node.value
    if node.style is not None:
        return text
    if text == "":
        return Nothing()
    if text in ("~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def construct_mapping(loader, node):
    mapping = {key.value: loader.construct_object(value, deep=True) for key, value in node.value}
    # As the editors read it: what another mapping has and this one has not.
    return mapping.pop("<<", {}) | mapping


Loader.add_constructor("tag:yaml.org,2002:str", construct_scalar)
Loader.add_constructor("tag:yaml.org,2002:map", construct_mapping)


def lines_of(error, root):
    """The lines that errgen may point at for an error of the validator."""
    node = root
    for step in error.absolute_path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    keys = {key.value: key for key, _ in node.value} if isinstance(node, yaml.MappingNode) else {}
    if "propertyNames" in error.schema_path:
        return {keys[error.instance].start_mark.line + 1}
    if error.validator == "additionalProperties":
        return {keys[key].start_mark.line + 1 for key in error.instance if key not in error.schema["properties"]}
    if error.validator == "required":
        return {min((key.start_mark.line + 1 for key in keys.values()), default=node.start_mark.line + 1)}
    # None of some keys is there, unless one is misspelt.
    if error.validator == "anyOf" and all(it.keys() == {"required"} for it in error.validator_value):
        return {key.start_mark.line + 1 for key in keys.values()} or {node.start_mark.line + 1}
    if error.validator == "not":
        named = {"id", *error.schema["not"]["required"]}
        return {key.start_mark.line + 1 for name, key in keys.items() if name in named}
    return {node.start_mark.line + 1}


def main(repository, errgen):
    failures = []
    counts = {"examples": 0, "documents": 0, "mistakes": 0}
    schemas = {}
    for kind in ("catalog", "include", "target"):
        printed = subprocess.run([*errgen, "schema", kind], check=True, stdout=subprocess.PIPE).stdout
        schema = json.loads(printed)
        Draft202012Validator.check_schema(schema)
        schemas[kind] = Draft202012Validator(schema)
        counts["examples"] += check_properties(kind, schema, failures)

    valid = [repository / "catalog.yaml", *repository.glob("tests/cases/*/catalog.yaml")]
    manifests = [*repository.glob("templates/*/target.yaml"), *repository.glob("tests/targets/*/target.yaml")]
    included = [*repository.glob("tests/cases/*/errors/**/[!.]*.yaml")]
    assert len(valid) > 1 and len(included) > 1 and len(manifests) > 1
    for kind, paths in (("catalog", valid), ("include", included), ("target", manifests)):
        for path in paths:
            counts["documents"] += 1
            for error in schemas[kind].iter_errors(yaml.load(path.read_text("utf-8"), Loader)):
                failures.append(f"{path}: {error.json_path}: {error.message}")

    used = set()
    for case in sorted((repository / "tests/invalid").iterdir()):
        for path in (case / "catalog.yaml", *sorted(case.glob("errors/*.yaml"))):
            schema = schemas["catalog" if path.parent == case else "include"]
            counts["mistakes"] += check_case(case, path, schema, used, failures)
    failures += [f"{name}: an exception that excepts nothing" for name in BEYOND_JSON.keys() - used]

    counts["mistakes"] += check_manifests(errgen, schemas["target"], failures)

    for failure in failures:
        print(failure, file=sys.stderr)
    for name, count in counts.items():
        print(f"{name}: {count}")
    sys.exit(bool(failures))


def check_properties(kind, schema, failures):
    """Every property has a description and examples, which are valid; the number of the examples."""
    count = 0
    stack = [("#", schema)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, list):
            stack += [(f"{path}/{index}", item) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            continue
        # A condition on several keys declares none.
        stack += [(f"{path}/{key}", item) for key, item in value.items() if key not in ("allOf", "examples")]
        # A key may itself be named `properties`.
        if len(re.search("(/properties)*$", path)[0]) // len("/properties") % 2 == 0:
            continue
        for name, own in value.items():
            definition = schema["$defs"][own["$ref"].rpartition("/")[2]] if "$ref" in own else {}
            known = {**definition, **own}
            for key in ("description", "examples"):
                if not known.get(key):
                    failures.append(f"{kind}: {path}/{name} has no {key}")
            validator = Draft202012Validator({**own, "$defs": schema.get("$defs", {})})
            for example in known.get("examples", []):
                count += 1
                for error in validator.iter_errors(example):
                    failures.append(f"{kind}: {path}/{name}: example {example!r}: {error.message}")
    return count


def check_case(case, path, validator, used, failures):
    """Whether the schema and errgen name the same lines; the number of errgen's diagnostics that the schema has too."""
    rule = case.name[:4]
    if READING.match(rule) or not path.exists():
        return 0
    text = path.read_text("utf-8")
    stderr = (case / "stderr").read_text("utf-8")
    name = re.escape(path.relative_to(case).as_posix())
    said = [
        (int(line), code)
        for line, code in re.findall(rf"^{name}:(\d+):\d+: [a-z]+\[([A-Z]\d+)[ \]]", stderr, re.M)
    ]
    root = yaml.compose(text, Loader)
    found = [(error, lines_of(error, root) if root else {1}) for error in validator.iter_errors(yaml.load(text, Loader))]
    both = 0
    for line, code in said:
        if not STRUCTURE.match(code):
            continue
        exception = next((name for name in (code, case.name, f"{case.name}:{line}") if name in BEYOND_JSON), None)
        if any(line in lines for _, lines in found):
            both += 1
        elif exception:
            used.add(exception)
        else:
            failures.append(f"{case.name}: line {line}: errgen has {code}, the schema nothing")
    for error, lines in found:
        if rule != TOO_OLD and not lines & {line for line, _ in said}:
            failures.append(f"{case.name}: {error.json_path}: errgen has nothing, the schema: {error.message}")
    return both


def check_manifests(errgen, validator, failures):
    """Whether the schema and errgen refuse the same manifests; the number of those."""
    for change in ({}, *UNFIT_MANIFESTS):
        lines = {**MANIFEST, **change}
        text = "".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "demo")
            target.mkdir()
            (target / "target.yaml").write_text(text)
            run = subprocess.run([*errgen, "targets", "--templates", folder], capture_output=True, cwd=folder)
        refused = b"error[E505]" in run.stderr
        if refused != bool(change):
            failures.append(f"manifest with {change}: errgen ends with {run.returncode}: {run.stderr.decode()}")
        if validator.is_valid(yaml.load(text, Loader)) == refused:
            failures.append(f"manifest with {change}: errgen and the schema do not agree")
    return len(UNFIT_MANIFESTS)


main(Path(sys.argv[1]), sys.argv[2:])
