"""Writes scripts/types/answers.d.ts, which tells the checks of the page what the API answers. A test holds it up to date."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from api.app import create_app
from kg.library import Library

DECLARATIONS: Final = Path(__file__).parent / "types" / "answers.d.ts"

_SCALARS: Final = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def declarations() -> str:
    """The API's OpenAPI description as TypeScript: an interface for each schema, and Answers: path of a GET -> its answer."""
    nothing: Any = SimpleNamespace()  # describing the routes reads no base and no file
    library = Library(lambda: nothing, Path(), nothing, nothing, nothing)
    api = create_app(library, upload=True).openapi()
    lines = ["// Made from the API's description by `make docs`.", "", "declare namespace Api {"]
    for name, schema in sorted(api["components"]["schemas"].items()):
        lines += [f"  interface {name} {{", *(f"    {field}" for field in _fields(schema)), "  }"]
    lines += ["  interface Answers {", *(f"    {field}" for field in _answers(api["paths"])), "  }", "}", ""]
    return "\n".join(lines)


def _answers(paths: dict[str, Any]) -> list[str]:
    found = []
    for path, methods in sorted(paths.items()):
        answer = methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {}).get("application/json", {})
        if reference := answer.get("schema", {}).get("$ref"):
            found.append(f"{json.dumps(path)}: {_named(reference)};")
    return found


def _fields(schema: dict[str, Any]) -> list[str]:
    required = schema.get("required", [])
    return [f"{name}{'' if name in required else '?'}: {_type(field)};" for name, field in schema.get("properties", {}).items()]


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _named(schema["$ref"])
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(one) for one in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"Array<{_type(schema['items'])}>"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties", True)
        return f"Record<string, {'unknown' if isinstance(inner, bool) else _type(inner)}>"
    return _SCALARS[schema["type"]]


def _named(reference: str) -> str:
    return reference.rpartition("/")[2]


def main() -> None:
    """Writes the declarations."""
    DECLARATIONS.write_text(declarations(), encoding="utf-8")


if __name__ == "__main__":
    main()
