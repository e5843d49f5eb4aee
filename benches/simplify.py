"""Makes of an OpenAPI 3.0 file what progenitor can read and rustc then compile.

    python3 simplify.py IN OUT

Each body keeps one media type, operations with forms go, and so do properties
whose names differ from another's by an underscore only. Says what is lost.
"""

import json
import sys

FORM = "multipart/form-data"
PREFIX = "#/components/requestBodies/"


def objects(value):
    """All objects within a value."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from objects(part)


def main(source, target):
    with open(source, encoding="utf-8") as file:
        document = json.load(file)
    bodies = document["components"].get("requestBodies", {})
    forms = {PREFIX + name for name, body in bodies.items() if FORM in body["content"]}
    lost = []
    for path in document["paths"].values():
        for method, operation in list(path.items()):
            body = operation.get("requestBody", {}) if isinstance(operation, dict) else {}
            if body.get("$ref") in forms or FORM in body.get("content", {}):
                lost.append(path.pop(method)["operationId"])
    for name in [name for name in bodies if PREFIX + name in forms]:
        del bodies[name]
    for found in objects(document):
        content = found.get("content")
        if isinstance(content, dict) and len(content) > 1:
            kept = "application/json" if "application/json" in content else next(iter(content))
            found["content"] = {kept: content[kept]}
        properties = found.get("properties")
        if isinstance(properties, dict):
            for name in [name for name in properties if name.lstrip("_") != name]:
                if name.lstrip("_") in properties:
                    lost.append(name)
                    del properties[name]
    with open(target, "w", encoding="utf-8") as file:
        json.dump(document, file)
    print(f"lost: {', '.join(lost) or 'nothing'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
