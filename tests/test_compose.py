"""docker-compose.yml keeps its promises: one door, no default password, no needless rights."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

import pytest
import yaml

from mainbreak.settings import Settings
from tests.conftest import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
PROXY_FILE = (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]

#: ``${NAME:-default}`` or ``${NAME:?why}``.
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def own_services() -> list[str]:
    """Return the services that run mainbreak or stand before it: not the database."""
    return [name for name in SERVICES if name != "database"]


def test_the_services_are_the_ones_the_page_tells() -> None:
    """A service that is lost would make the tests below pass."""
    assert set(SERVICES) == {"proxy", "app", "database", "mainbreak"}


def test_only_the_proxy_is_published() -> None:
    """Passwords and cookies never cross a network in the clear."""
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["proxy"]
    assert SERVICES["proxy"]["ports"] == ["80:80", "443:443"]


def test_no_other_service_reaches_the_world() -> None:
    """Every network but the proxy's own is internal."""
    inner = {name for name, one in COMPOSE["networks"].items() if one.get("internal")}
    assert set(SERVICES["proxy"]["networks"]) - inner == {"outside"}
    for name in set(SERVICES) - {"proxy"}:
        assert set(SERVICES[name]["networks"]) <= inner
    assert "between" not in SERVICES["database"]["networks"]


@pytest.mark.parametrize("name", own_services())
def test_a_service_has_no_needless_rights(name: str) -> None:
    """Read-only files, no capability but the one to listen on a low port, no way to more."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", ["proxy", "app", "database"])
def test_what_runs_for_long_is_watched_and_started_again(name: str) -> None:
    """A health check and a restart policy."""
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_app_is_asked_for_its_health_where_it_listens() -> None:
    """The port of the command, of the health check and of the proxy is one."""
    app = SERVICES["app"]
    port = app["command"][app["command"].index("--port") + 1]
    assert f"http://127.0.0.1:{port}/health" in app["healthcheck"]["test"][-1]
    assert f"reverse_proxy app:{port}" in PROXY_FILE


def test_no_password_has_a_default() -> None:
    """What is secret must be set; what may be left out is not secret."""
    found = {name: sign for name, sign, _ in VARIABLE.findall(TEXT)}
    assert {name for name in found if "PASSWORD" in name} == {
        "POSTGRES_PASSWORD",
        "MAINBREAK_PASSWORD",
    }
    required = {name for name, sign in found.items() if sign == "?"}
    assert required == {"POSTGRES_PASSWORD", "MAINBREAK_PASSWORD", "MAINBREAK_SITE"}


def test_every_variable_is_told() -> None:
    """Who deploys reads which variables there are."""
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\w+", page))
    assert {name for name, *_ in VARIABLE.findall(TEXT)} - told == set()


def test_the_settings_of_the_app_exist() -> None:
    """A setting that was renamed would be ignored in silence."""
    prefix = str(Settings.model_config["env_prefix"])
    given = [name for name in SERVICES["app"]["environment"] if name.startswith(prefix)]
    known = {prefix + field.upper() for field in Settings.model_fields}
    assert given
    assert set(given) <= known
    assert SERVICES["app"]["environment"]["MAINBREAK_SECURE_COOKIES"] == "true"


def test_only_the_proxy_is_believed_about_who_calls() -> None:
    """The trusted address is the proxy's fixed one, on the network it shares with the app."""
    address = SERVICES["proxy"]["networks"]["between"]["ipv4_address"]
    (pool,) = COMPOSE["networks"]["between"]["ipam"]["config"]
    assert SERVICES["app"]["environment"]["MAINBREAK_TRUSTED_PROXIES"] == address
    assert ipaddress.ip_address(address) in ipaddress.ip_network(pool["subnet"])


def test_live_events_pass_the_proxy_at_once() -> None:
    """Neither buffered nor compressed; the path is the stream's."""
    assert "flush_interval -1" in PROXY_FILE
    (path,) = re.findall(r"@whole not path (\S+)", PROXY_FILE)
    assert path == "/api/events"
    assert re.findall(r"^\s*encode (\S+)", PROXY_FILE, re.MULTILINE) == ["@whole"]


def test_volumes_are_named_and_images_pinned() -> None:
    """What must last has a name; what is pulled has a version."""
    assert set(COMPOSE["volumes"]) == {"database", "proxy"}
    for name, service in SERVICES.items():
        tag = service["image"].partition(":")[2]
        assert tag, name
        assert tag != "latest", name
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists()
