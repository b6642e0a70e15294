"""What the Dockerfile, compose.yaml and .ci/run promise; there is no container engine in the tests."""

import os
import re
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_the_image_runs_gunicorn_as_nobody_in_particular() -> None:
    assert re.search(r"^USER einzelfall$", LAST_STAGE, re.MULTILINE)
    assert LAST_STAGE.index("USER einzelfall") < LAST_STAGE.index("CMD [")
    assert 'CMD ["gunicorn", "--config", "python:einzelfall.webserver"]' in LAST_STAGE
    assert "HEALTHCHECK" in LAST_STAGE
    assert "EINZELFALL_ENV=production" in LAST_STAGE


def test_the_image_keeps_no_build_tools_and_no_secret() -> None:
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:3.11-slim-bookworm"] * 2
    assert "uv" not in LAST_STAGE
    assert "apt-get" not in DOCKERFILE
    assert "--extra embedded" not in DOCKERFILE
    assert "rm -f var/secret_key" in DOCKERFILE


def test_static_files_are_collected_when_it_is_built() -> None:
    assert "collectstatic" in DOCKERFILE.removesuffix(LAST_STAGE)


def test_only_the_site_enters_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule.removeprefix("!").rstrip("/") for rule in rules if rule.startswith("!")}
    assert not allowed & {"var", "tests", ".git", ".env", ".venv"}
    assert all((ROOT / name).exists() for name in allowed)


def test_compose_has_the_site_its_worker_and_its_database() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"database", "migrate", "web", "worker"}
    assert services["worker"]["command"] == ["python", "manage.py", "worker"]
    assert services["database"]["healthcheck"]["test"][1] == "pg_isready"
    assert services["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
        assert services[name]["env_file"] == ".env"
        assert services[name]["restart"] == "unless-stopped"
    assert set(COMPOSE["volumes"]) == {"database", "media"}


def test_compose_opens_only_the_web_server_and_only_to_this_machine() -> None:
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_compose_holds_no_secret() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert len(re.findall(r"\$\{POSTGRES_PASSWORD:\?[^}]+}", text)) == 2
    assert "SECRET_KEY" not in text
    assert ".env" in (ROOT / ".gitignore").read_text().split()


def test_the_gate_is_a_strict_script() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text()
    assert "set -euo pipefail" in text
    assert "\nmake check\n" in text
    assert "\nREQUIRE_BROWSER=1 make test\n" in text
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
