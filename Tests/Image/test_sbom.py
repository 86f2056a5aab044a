# SPDX-License-Identifier: Apache-2.0
"""The list of what the image is made of, as script/sbom has just written it."""

import json
import os
import re

import pytest
from conftest import IMAGE, ROOT, in_image
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

pytestmark = pytest.mark.skipif("SBOM" not in os.environ, reason="script/sbom runs these")


@pytest.fixture(scope="module")
def text():
    return (ROOT / os.environ["SBOM"]).read_text()


@pytest.fixture(scope="module")
def components(text):
    return json.loads(text)["components"]


def test_is_what_its_schema_asks(text):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_names_everything_once_and_refers_to_what_it_names(text, components):
    references = [component["bom-ref"] for component in components]
    assert len(set(references)) == len(references)
    known = {*references, json.loads(text)["metadata"]["component"]["bom-ref"]}
    for dependency in json.loads(text)["dependencies"]:
        assert {dependency["ref"], *dependency["dependsOn"]} <= known
    for component in components:
        if "purl" in component:
            assert PackageURL.from_string(component["purl"]).version == component["version"]


def test_has_every_package_of_the_image(components):
    listed = {(c["name"], c["version"]) for c in components if c.get("purl", "").startswith("pkg:deb/")}
    installed = in_image(IMAGE, "dpkg-query", "-W", "-f", "${Package} ${Version}\n")
    assert listed == {tuple(line.split()) for line in installed.splitlines()} and len(listed) > 50


def test_has_what_is_linked_in(components):
    manifest = (ROOT / "Package.swift").read_text()
    wanted = {name for name in re.findall(r'\.package\(url: "[^"]*/([^"/]+)"', manifest)} | {"swift"}
    listed = {c["name"] for c in components if c.get("purl", "").startswith(("pkg:swift/", "pkg:generic/swift"))}
    assert listed == wanted


def test_has_the_libraries_of_the_pages(components):
    listed = {c["name"] for c in components if c.get("purl", "").startswith("pkg:npm/")}
    assert listed == {"d3-collection", "d3-dispatch", "d3-force", "d3-quadtree", "d3-timer"}
