# SPDX-License-Identifier: Apache-2.0
"""The TypeScript of docs/for-front-ends.md, compiled strictly and run on Node against the server."""

import pathlib
import re
import shutil
import subprocess

import pytest
from typescript import declarations

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "for-front-ends.md"
NEEDED = {"tsc": "node-typescript", "node": "nodejs"}
MISSING = [package for program, package in NEEDED.items() if shutil.which(program) is None]
needs_node = pytest.mark.skipif(bool(MISSING), reason=f"missing: {' '.join(MISSING)} (apt-get install)")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)


def compile_page(folder: pathlib.Path, document: dict, address: str, token: str) -> subprocess.CompletedProcess:
    (folder / "readout.d.ts").write_text(declarations(document))
    module = "\n".join(blocks("ts")).replace("http://127.0.0.1:8080", address).replace("readout_…", token)
    (folder / "page.ts").write_text(module)
    (settings,) = blocks("json")
    (folder / "tsconfig.json").write_text(settings)
    (folder / "package.json").write_text('{"type": "module"}')
    return subprocess.run(["tsc"], cwd=folder, capture_output=True, text=True)


@needs_node
def test_the_page_compiles_and_prints_what_it_says(tmp_path, document, address, token):
    compiled = compile_page(tmp_path, document, address, token)
    assert compiled.returncode == 0, compiled.stdout
    run = subprocess.run(["node", "page.js"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    wanted = [re.escape(line).replace("…", ".*") for line in "".join(blocks("text")).splitlines()]
    lines = run.stdout.splitlines()
    assert len(lines) == len(wanted)
    for line, pattern in zip(lines, wanted):
        assert re.fullmatch(pattern, line), (line, pattern)


@needs_node
def test_the_types_are_those_of_the_document(tmp_path, document, address, token):
    # A member that the document does not have is an error, so the compiler has something to say.
    renamed = dict(document, components={"schemas": dict(document["components"]["schemas"])})
    event = dict(renamed["components"]["schemas"]["Event"])
    event["properties"] = {name: schema for name, schema in event["properties"].items() if name != "evidence"}
    renamed["components"]["schemas"]["Event"] = event
    compiled = compile_page(tmp_path, renamed, address, token)
    assert compiled.returncode != 0 and "evidence" in compiled.stdout
