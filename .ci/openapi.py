"""Checks OpenAPI documents by validators that aren't docwright's own.

    python openapi.py FILE...

Each document is held against the specification of its version, and each of its
examples against its own schema. Prints the first errors of each file with their
place; exit status 1 if there are any. (The validator's own command prints the
whole document with each.)
"""

import itertools
import json
import sys

import jsonschema_rs
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

SHOWN = 20
WIDTH = 300


def errors_of(document):
    is_3_0 = document["openapi"].startswith("3.0")
    validator = (OpenAPIV30SpecValidator if is_3_0 else OpenAPIV31SpecValidator)(document)
    try:
        for error in validator.iter_errors():
            place = "/".join(str(key) for key in getattr(error, "path", ()))
            message = getattr(error, "message", None) or repr(error)
            yield f"/{place}: {message[:WIDTH]}"
    except Exception as error:  # a reference to nowhere is raised, not listed
        yield f"{type(error).__name__}: {str(error)[:WIDTH]}"


def media_types(value, place=""):
    """Each object of the document that has a schema and examples."""
    if isinstance(value, dict):
        if "schema" in value and "examples" in value:
            yield place, value
        for key, inner in value.items():
            if key not in ("examples", "x-samples"):
                yield from media_types(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from media_types(inner, f"{place}/{index}")


def example_errors(document, counts):
    validators = {}
    for place, media in media_types(document["paths"]):
        key = json.dumps(media["schema"], sort_keys=True)
        if key not in validators:
            schema = {"components": document.get("components", {}), **media["schema"]}
            validators[key] = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        for name, example in media["examples"].items():
            counts["examples"] += 1
            for error in validators[key].iter_errors(example["value"]):
                counts["invalid"] += 1
                yield f"{place}/examples/{name}: {error.message[:WIDTH]}"
                break


def main(files):
    bad = 0
    for file in files:
        with open(file, encoding="utf-8") as text:
            document = json.load(text)
        counts = {"examples": 0, "invalid": 0}
        errors = errors_of(document)
        # Version 3.0 has a dialect of JSON Schema of its own, with the same contents.
        if not document["openapi"].startswith("3.0"):
            errors = itertools.chain(errors, example_errors(document, counts))
        errors = list(errors)
        for error in errors[:SHOWN]:
            print(f"{file}: {error}", file=sys.stderr)
        bad += bool(errors)
        words = f"{counts['examples']} examples, {counts['invalid']} invalid"
        print(f"{file}: {len(errors)} errors, {words}")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
