import os
import subprocess
import sys
from pathlib import Path

import pytest

from kairo.devstack import bootstrap
from kairo.devstack.checkout import ROOT
from kairo.devstack.errors import DevstackError, DiskFull

# Runs ./dev as an interpreter that differs from this one in what {} says.
AS_ANOTHER_PYTHON = (
    "import runpy, sys; {}; sys.argv = ['./dev', *sys.argv[1:]]; runpy.run_path('dev', run_name='__main__')"
)


@pytest.fixture
def bare_checkout(folder: Path) -> Path:
    """The files that ./dev needs before it has installed anything."""
    checkout = folder / "checkout"
    (checkout / "kairo").mkdir(parents=True)
    for name in ("dev", "requirements.lock", "requirements-dev.lock", "requirements-embedded.lock"):
        (checkout / name).write_bytes((ROOT / name).read_bytes())
    (checkout / "kairo/__init__.py").touch()
    (checkout / "kairo/devstack").symlink_to(ROOT / "kairo/devstack")
    return checkout


def run_dev(checkout: Path, pretending: str, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", AS_ANOTHER_PYTHON.format(pretending), *arguments],
        cwd=checkout,
        env={**os.environ, "PATH": path, "KAIRO_NO_UV": "1", "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_old_python_is_refused_with_a_newer_one_named(bare_checkout: Path) -> None:
    newer = bare_checkout / "python3.12"
    newer.touch(mode=0o755)
    ended = run_dev(bare_checkout, "sys.version_info = (3, 10, 4)", "up", path=str(bare_checkout))
    assert ended.returncode == 1
    assert ended.stderr.startswith("kairo: Python 3.11 or newer is needed; this is ")
    assert ended.stderr.endswith("Try: python3.12 dev up\n")
    assert ended.stderr.count("\n") == 1
    assert not (bare_checkout / ".venv").exists()


def test_python_without_ensurepip_is_refused_with_what_to_install() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "ensurepip", None)
        with pytest.raises(DevstackError, match=r"install python3-venv .*apt-get install python3-venv.*uv"):
            bootstrap.create_venv(uv=None)


def test_failed_pip_shows_its_last_lines() -> None:
    with pytest.raises(DevstackError, match=r"(?s)Installing packages failed with exit code 1\..*no such lock"):
        bootstrap.run(["sh", "-c", "echo no such lock >&2; exit 1"], what="Installing packages")


def test_full_disk_while_installing_is_named() -> None:
    said = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
    with pytest.raises(DiskFull, match="make room and run this again"):
        bootstrap.run(["sh", "-c", f"echo '{said}'; exit 1"], what="Installing packages")


def test_locks_hold_hashes_and_no_urls() -> None:
    for lock in (bootstrap.RUNTIME_LOCK, bootstrap.DEV_LOCK, bootstrap.SERVERS_LOCK):
        text = lock.read_text()
        assert "://" not in text
        assert bootstrap.count_packages(lock) == text.count("==") - text.count(" == ") > 0
        assert all("--hash=sha256:" in entry for entry in text.split("\n") if entry.startswith("    --"))


def test_the_dev_lock_has_everything_of_the_runtime_lock_at_the_same_version() -> None:
    def pins(path: Path) -> set[str]:
        return {line.split(" ")[0] for line in path.read_text().splitlines() if line[:1].isalnum()}

    assert pins(bootstrap.RUNTIME_LOCK) <= pins(bootstrap.DEV_LOCK)
