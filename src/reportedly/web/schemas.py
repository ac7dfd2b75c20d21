"""The OpenAPI description, made of the very values that the pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from reportedly.web.errors import ErrorAnswer

if TYPE_CHECKING:
    from fastapi import FastAPI

REF = "#/components/schemas/{name}"
FORM = "application/x-www-form-urlencoded"
KINDS: dict[str, dict[str, Any]] = {"string": {"type": "string"}, "integer": {"type": "integer", "minimum": 0}, "strings": {"type": "array", "items": {"type": "string"}}}
_bodies: dict[str, type] = {}


def body(value: type, /, **fields: str) -> dict[str, Any]:
    """A request body that is sent as JSON of a value, or as a form with some fields."""
    _bodies[value.__name__] = value
    properties = {name: KINDS[what] for name, what in fields.items() if what != "file"} | {"csrf": {"type": "string", "description": "The token that every form of a page holds."}}
    form: dict[str, Any] = {"type": "object", "properties": properties, "required": ["csrf"]}
    content: dict[str, Any] = {"application/json": {"schema": {"$ref": REF.format(name=value.__name__)}}}
    if "file" in fields.values():
        files = {name: {"type": "array", "items": {"type": "string", "format": "binary"}} for name, what in fields.items() if what == "file"}
        content["multipart/form-data"] = {"schema": {**form, "properties": {**properties, **files}}}
    else:
        content[FORM] = {"schema": form}
    return {"requestBody": {"required": True, "content": content}}


def describe(app: FastAPI, pages: dict[str, type]) -> None:
    """Give an application its description: `pages` are the values behind the operations, by name of the function."""

    def made() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        from fastapi.openapi.utils import get_openapi

        found: dict[str, Any] = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes, tags=app.openapi_tags)
        kinds = [ErrorAnswer, *pages.values(), *_bodies.values()]
        adapters: list[Any] = [(kind, "serialization" if kind not in _bodies.values() else "validation", TypeAdapter(kind)) for kind in dict.fromkeys(kinds)]
        ways, schema = TypeAdapter.json_schemas(adapters, ref_template=REF.replace("{name}", "{model}"))
        components = schema.get("$defs", {})
        for (kind, _), way in ways.items():
            components.setdefault(kind.__name__, way)
        found.setdefault("components", {})["schemas"] = components
        for operations in found["paths"].values():
            for operation in operations.values():
                _fill(operation, pages)
        app.openapi_schema = found
        return found

    app.openapi = made  # type: ignore[method-assign]


def _fill(operation: dict[str, Any], pages: dict[str, type]) -> None:
    name = operation["operationId"].split("__")[0]
    page = pages.get(name)
    answers = operation["responses"]
    answers.pop("422", None)
    error = {"description": "What went wrong.", "content": {"application/json": {"schema": {"$ref": REF.format(name="ErrorAnswer")}}, "text/html": {"schema": {"type": "string"}}}}
    good: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}
    if page is not None:
        own = {"$ref": REF.format(name=page.__name__)}
        tasks = {"type": "array", "items": {"type": "object"}, "description": "Label Studio's tasks, which are JSON too."}
        taken = any(p["name"] == "format" for p in operation.get("parameters", ()))
        good["application/json"] = {"schema": {"anyOf": [own, tasks]} if taken else own}
    for status in [s for s in answers if s.startswith("2")]:
        answers[status] = {"description": operation.get("summary", "Done."), "content": {**good, "*/*": {}} if "get" in operation["operationId"] else good}
    answers["303"] = {"description": "Done, for a form: go on there."}
    answers["default"] = error
