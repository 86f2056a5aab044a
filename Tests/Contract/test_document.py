# SPDX-License-Identifier: Apache-2.0
"""Answers are what the document says and nothing more, by a validator that is not ours."""

import copy

import jsonschema
import pytest

METHODS = ("get", "post", "put", "patch", "delete")


def closed(schema):
    """The same schema, in which an object has no members but those that are declared."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {name: closed(part) for name, part in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        result["additionalProperties"] = False
    return result


@pytest.fixture(scope="session")
def strict(document):
    return closed(copy.deepcopy(document))


@pytest.fixture(scope="session")
def proposal(http, token):
    """The id of a proposal: they are made of texts, and a new server has none."""
    text = "A note from the desk\n\nAntony Blinken met Wang Yi in Beijing on Tuesday.\n"
    fields = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
    http.post("/v1/articles?published=2023-06-22", content=text, headers=fields).raise_for_status()
    return http.get("/v1/proposals").raise_for_status().json()["data"][0]["id"]


def targets(document, proposal):
    """Every reading operation: with what it needs, and with each example beside that."""
    for path, operations in document["paths"].items():
        operation = operations.get("get")
        if operation is None:
            continue
        needed, optional = {}, {}
        target = path
        for parameter in operation.get("parameters", []):
            example = parameter.get("example")
            if isinstance(example, bool):
                example = str(example).lower()
            if parameter["in"] == "path":
                if path.startswith("/v1/proposals/"):
                    example = proposal
                target = target.replace("{%s}" % parameter["name"], str(example))
            elif parameter["in"] == "query" and example is not None:
                (needed if parameter.get("required") else optional)[parameter["name"]] = example
        yield path, operation, target, needed
        for name, value in optional.items():
            yield path, operation, target, {**needed, name: value}


def test_answers_have_what_is_declared_and_nothing_more(http, document, strict, proposal):
    count = 0
    for path, _, target, query in targets(document, proposal):
        answer = http.get(target, params=query)
        assert answer.status_code == 200, (target, query, answer.text)
        declared = strict["paths"][path]["get"]["responses"]["200"]
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in declared["content"], (target, kind)
        for name, header in declared["headers"].items():
            header = strict["components"]["headers"][header["$ref"].rsplit("/", 1)[1]]
            assert name in answer.headers or not header.get("required"), (target, name)
        if kind.endswith("json") and "ndjson" not in kind:
            schema = {**declared["content"][kind]["schema"], "components": strict["components"]}
            jsonschema.validate(answer.json(), schema, cls=jsonschema.Draft202012Validator)
            count += 1
    assert count > 200


def parts(value, path=()):
    """Every object in the document, but for what stands in examples."""
    if isinstance(value, dict):
        yield path, value
        for name, part in value.items():
            if name not in ("example", "examples"):
                yield from parts(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from parts(part, (*path, index))


EXOTIC = {"allOf", "oneOf", "not", "if", "discriminator", "prefixItems", "patternProperties", "unevaluatedProperties", "$dynamicRef"}


def test_stays_within_what_generators_of_types_take(document):
    references = 0
    for path, part in parts(document):
        if path and path[-1] == "properties":
            continue
        assert not EXOTIC & part.keys(), path
        if "anyOf" in part:
            # Named shapes, and null.
            assert all(one.keys() == {"$ref"} or one == {"type": "null"} for one in part["anyOf"]), path
            assert len(part["anyOf"]) > 1, path
        if isinstance(part.get("$ref"), str):
            references += 1
            assert part.keys() <= {"$ref", "description"}, path
            found = document
            for step in part["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            assert found
    assert references > 1000


def test_every_operation_says_what_it_refuses(document):
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method not in operations:
                continue
            for status, answer in operations[method]["responses"].items():
                if status < "400":
                    continue
                answer = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
                schema = answer["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}, (path, method, status)


def test_a_page_of_a_problem_is_where_the_document_says(http, document):
    for answer in document["components"]["responses"].values():
        for line in answer["description"].splitlines():
            if line.startswith("- ["):
                page = line.split("](", 1)[1].split(")", 1)[0]
                assert http.get(page).status_code == 200, page
