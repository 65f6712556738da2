"""Python: a package."""

from __future__ import annotations

from escape import Escape, by_number
from language import File, Language
from naming import Name, reserved, shouty_snake, snake, upper_camel

EXCEPTIONS = (
    reserved(
        "Api{}",
        "ArithmeticError AssertionError AttributeError BlockingIOError BrokenPipeError BufferError "
        "ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError "
        "EOFError EnvironmentError FileExistsError FileNotFoundError FloatingPointError IOError ImportError "
        "IndentationError IndexError InterruptedError IsADirectoryError KeyError LookupError MemoryError "
        "ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError "
        "PermissionError ProcessLookupError PythonFinalizationError RecursionError ReferenceError "
        "RuntimeError SyntaxError SystemError TabError TimeoutError TypeError UnboundLocalError "
        "UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError ValueError "
        "ZeroDivisionError",
    ),
)


def number(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02X}" if code <= 0x9F else f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


PYTHON = Language(
    names={
        "catalog": {
            "module": Name(snake, format="{}_errors", reserved=EXCEPTIONS),
            "class": Name(upper_camel, format="{}Error", reserved=EXCEPTIONS),
            "error": Name(upper_camel, format="{}Error", reserved=EXCEPTIONS),
            "codes": Name(upper_camel, format="{}ErrorCode", reserved=EXCEPTIONS),
            "categories": Name(upper_camel, format="{}ErrorCategory", reserved=EXCEPTIONS),
            "groups": Name(upper_camel, format="{}ErrorGroup", reserved=EXCEPTIONS),
        },
        "category": {
            "class": Name(upper_camel, format="{}Error", reserved=EXCEPTIONS),
        },
        "group": {
            "class": Name(upper_camel, format="{}Error", qualified=True, reserved=EXCEPTIONS),
        },
        "error": {
            "member": Name(shouty_snake, reserved=EXCEPTIONS),
            "message": Name(
                upper_camel,
                reserved=(reserved("{}Message", "Callable ClassVar False Message None Self True"), *EXCEPTIONS),
            ),
        },
        "parameter": {
            "field": Name(
                snake,
                reserved=(
                    reserved(
                        "{}_",
                        "and as assert async await bool break case class code continue def del description "
                        "elif else except finally for from from_error global if import in int is lambda "
                        "message nonlocal not or pass raise resolution return self str try while with yield",
                    ),
                    *EXCEPTIONS,
                ),
            ),
        },
    },
    filters={
        "string": Escape(
            number,
            replace={"\\": "\\\\", '"': '\\"', "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
            quotes="\"'",
        ),
        "docstring": Escape(by_number("<U+{:04X}>"), replace={"\\": "\\u005c", '"""': '\\"\\"\\"', "\u3000": " "}),
    },
    files=(
        File("__init__.py.jinja", "{catalog.names.python.module}/__init__.py"),
        File("_codes.py.jinja", "{catalog.names.python.module}/_codes.py"),
        File("_descriptions.py.jinja", "{catalog.names.python.module}/_descriptions.py"),
        File("_details.py.jinja", "{catalog.names.python.module}/_details.py"),
        File("_errors.py.jinja", "{catalog.names.python.module}/_errors.py"),
        File("_numbers.py.jinja", "{catalog.names.python.module}/_numbers.py"),
        File("_response.py.jinja", "{catalog.names.python.module}/_response.py"),
        File("_texts.py.jinja", "{catalog.names.python.module}/_texts.py"),
        File("messages.py.jinja", "{catalog.names.python.module}/messages.py"),
        File("py.typed.jinja", "{catalog.names.python.module}/py.typed"),
    ),
)
