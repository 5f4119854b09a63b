"""What the workflows run is what there is: steps of build.py, files, jobs, and things handed from one job to the next."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import build
import contents
import pytest

FOLDER = contents.ROOT / ".github" / "workflows"
NAMES = sorted(path.name for path in FOLDER.glob("*.yml"))
BUILT = ("build/", "dist", "keys", "site")
"""made while a job runs"""


def loaded(name: str) -> dict[Any, Any]:
    yaml = pytest.importorskip("yaml", exc_type=ImportError)
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


def steps(name: str) -> list[tuple[str, dict[str, Any]]]:
    return [(job, step) for job, told in loaded(name)["jobs"].items() for step in told["steps"]]


@pytest.mark.parametrize("name", NAMES)
def test_every_step_of_the_build_is_one_that_there_is(name: str) -> None:
    for _job, step in steps(name):
        for wanted in re.findall(r"python3? packaging/build\.py ([a-z -]+)", step.get("run", "")):
            assert set(wanted.split()) <= {*build.STEPS, "package"}, wanted


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_named_is_there(name: str) -> None:
    for _job, step in steps(name):
        for path in re.findall(r"(?:packaging|tests|examples|\.ci)/[\w./*-]+", step.get("run", "")):
            if "$" not in path and not path.endswith("/"):
                assert list(contents.ROOT.glob(path)), path


@pytest.mark.parametrize("name", NAMES)
def test_jobs_wait_for_jobs_and_take_what_an_earlier_one_gave(name: str) -> None:
    jobs = loaded(name)["jobs"]
    given = {step["with"]["name"] for _job, step in steps(name) if "upload-artifact" in step.get("uses", "")}
    for told in jobs.values():
        needs = told.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(jobs)
        assert told["timeout-minutes"] <= 90 if "timeout-minutes" in told else told.get("if"), (
            "nothing may hang for hours"
        )
    for _job, step in steps(name):
        if "download-artifact" in step.get("uses", ""):
            wanted = step["with"].get("name") or step["with"]["pattern"].strip("{}")
            assert set(wanted.split(",")) <= given


@pytest.mark.parametrize("name", NAMES)
def test_little_is_allowed_and_secrets_are_never_written_into_a_command(name: str) -> None:
    told = loaded(name)
    assert set(told["permissions"]) == {"contents"}
    for job, step in steps(name):
        assert "${{" not in step.get("run", ""), f"{job}: a title could become a command"
    if name == "build.yml":
        release = told["jobs"]["release"]
        assert told["permissions"]["contents"] == "read" and "--draft" in str(release["steps"])
        assert {"test", "linux", "windows-try", "macos"} <= set(release["needs"])


def test_the_packaged_program_is_asked_on_all_three_systems() -> None:
    """`check` runs tests/packaging, which asks the bundle the examples."""
    asked = {
        job for job, step in steps("build.yml") if re.search(r"build\.py bundle check", step.get("run", ""))
    }
    assert asked == {"linux", "windows", "macos"}


@pytest.mark.parametrize("name", NAMES)
def test_the_shell_in_it_is_shell(name: str, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    for job, step in steps(name):
        if (
            "run" in step
            and not step["run"].strip().endswith(".ps1")
            and "windows" not in loaded(name)["jobs"][job]["runs-on"]
        ):
            subprocess.run([bash, "-n", "-c", step["run"]], check=True)
