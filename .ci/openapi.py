"""Checks OpenAPI 3.1 documents by a validator that isn't docwright's own.

    python openapi.py FILE...

Prints the first errors of each file with their place; exit status 1 if there
are any. (The validator's own command prints the whole document with each.)
"""

import itertools
import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator

SHOWN = 20
WIDTH = 300


def errors_of(validator):
    errors = []
    try:
        for error in itertools.islice(validator.iter_errors(), SHOWN):
            place = "/".join(str(key) for key in getattr(error, "path", ()))
            message = getattr(error, "message", None) or repr(error)
            errors.append(f"/{place}: {message[:WIDTH]}")
    except Exception as error:  # a reference to nowhere is raised, not listed
        errors.append(f"{type(error).__name__}: {str(error)[:WIDTH]}")
    return errors


def main(files):
    bad = 0
    for file in files:
        with open(file, encoding="utf-8") as document:
            validator = OpenAPIV31SpecValidator(json.load(document))
        errors = errors_of(validator)
        for error in errors:
            print(f"{file}: {error}", file=sys.stderr)
        bad += bool(errors)
        if not errors:
            print(f"{file}: valid")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
