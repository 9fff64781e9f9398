"""docker-compose.yml keeps its promises: nothing open to other machines, no secret with a default, images pinned, no
more rights than needed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.neo4j_server import IMAGE

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services by name."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    return found


def test_ports_are_open_to_this_machine_only(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service["ports"]]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_secrets_must_be_given(services: dict[str, Any]) -> None:
    api = services["api"]["environment"]
    for value in (services["neo4j"]["environment"]["NEO4J_AUTH"], api["KG_PASSWORD"], api["KG_API_KEY"]):
        assert ":?" in value


def test_the_api_waits_for_a_healthy_neo4j(services: dict[str, Any]) -> None:
    assert services["neo4j"]["healthcheck"]["test"]
    assert services["api"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_images_are_pinned(services: dict[str, Any]) -> None:
    first = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()[0].removeprefix("FROM ")
    for image in (*(service["image"] for service in services.values()), first):
        assert re.fullmatch(r"[\w-]+:\d+\.\d+\.\d+(-[\w-]+)?", image)
    assert services["neo4j"]["image"] == IMAGE  # the one that is tested


def test_the_api_may_write_to_its_data_only(services: dict[str, Any]) -> None:
    api = services["api"]
    assert (api["read_only"], api["tmpfs"], api["volumes"]) == (True, ["/tmp"], ["data:/data"])
    assert (api["cap_drop"], api["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER kg" in lines
    installs = [line for line in lines if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation" in line for line in installs)


def test_the_image_holds_what_it_copies() -> None:
    copied = [
        name
        for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("COPY")
        for name in line.split()[1:-1]
    ]
    let_in = {line.strip("!/\n") for line in (ROOT / ".dockerignore").open(encoding="utf-8") if line.startswith("!")}
    assert set(copied) == let_in
