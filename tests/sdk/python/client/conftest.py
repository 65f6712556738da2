"""What all tests share."""

import sys

# `except*` is syntax of Python 3.11.
collect_ignore = [] if sys.version_info >= (3, 11) else ["test_exception_groups.py"]
