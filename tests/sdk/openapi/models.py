"""models.py FOLDER DOCUMENT…: imports what datamodel-code-generator makes of each document, which it writes to FOLDER.

One process serves all documents: to import the generator takes longer than to run it.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path

from datamodel_code_generator.__main__ import main as generate

OPTIONS = [
    "--input-file-type=openapi",
    "--output-model-type=pydantic_v2.BaseModel",
    "--use-annotated",
    "--target-python-version=3.10",
    "--formatters=builtin",
]


def main(folder: str, *documents: str) -> None:
    """Write all models, then import them."""
    names = [f"errors_{index}" for index in range(len(documents))]
    # The models of a nested `wire` are numbered, as each error narrows the body in a
    # place that has no name.
    warnings.filterwarnings("ignore", ".*numbered collisions", UserWarning)
    for name, document in zip(names, documents, strict=True):
        output = Path(folder, f"{name}.py")
        if generate([f"--input={document}", f"--output={output}", *OPTIONS]) != 0:
            sys.exit(f"{document}: no models")
    sys.path.insert(0, folder)
    for name in names:
        importlib.import_module(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
