# SPDX-License-Identifier: Apache-2.0
"""Declarations of the schemas of an OpenAPI document, in the layout of openapi-typescript, which comes from another registry
than the rest of what script/contract needs."""

import json


def declarations(document: dict) -> str:
    schemas = document["components"]["schemas"]
    members = "\n".join(f"    {json.dumps(name)}: {type_of(schema)};" for name, schema in schemas.items())
    return f"export interface components {{\n  schemas: {{\n{members}\n  }};\n}}\n"


def type_of(schema: dict) -> str:
    if "$ref" in schema:
        return f'components["schemas"][{json.dumps(schema["$ref"].rsplit("/", 1)[1])}]'
    if "anyOf" in schema:
        return " | ".join(type_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    kinds = schema.get("type")
    return " | ".join(of_kind(kind, schema) for kind in ([kinds] if isinstance(kinds, str) else kinds or ["unknown"]))


def of_kind(kind: str, schema: dict) -> str:
    if kind == "object":
        return of_object(schema)
    if kind == "array":
        return f"({type_of(schema['items'])})[]"
    return {"integer": "number"}.get(kind, kind)


def of_object(schema: dict) -> str:
    if "properties" not in schema:
        values = schema.get("additionalProperties")
        return f"{{ [key: string]: {type_of(values) if isinstance(values, dict) else 'unknown'} }}"
    required = schema.get("required", [])
    members = (
        f"{json.dumps(name)}{'' if name in required else '?'}: {type_of(member)};"
        for name, member in schema["properties"].items()
    )
    return f"{{ {' '.join(members)} }}"
