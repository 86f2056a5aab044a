# SPDX-License-Identifier: Apache-2.0
"""Where the server is that script/contract has started, and what it says of itself."""

import os

import httpx
import pytest


@pytest.fixture(scope="session")
def address() -> str:
    return os.environ["READOUT_ADDRESS"]


@pytest.fixture(scope="session")
def token() -> str:
    return os.environ["READOUT_TOKEN"]


@pytest.fixture(scope="session")
def http(address):
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def document(http) -> dict:
    return http.get("/openapi.json").raise_for_status().json()
