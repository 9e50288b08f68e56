"""A frontend's folder as docs/clients.md describes it, and how its programs are run."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from tests.clients.guide import GUIDE, ROOT

HERE = Path(__file__).parent
SCHEMA = ROOT / "schema" / "schema.graphql"
OPERATIONS = ROOT / "docs" / "operations"
WITHIN_S = 90


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A folder, and the server that its programs are to speak to."""

    folder: Path
    url: str
    token: str
    brand_id: str
    programs: tuple[Path, ...]

    def lay_down(self, *, node_modules: Path) -> None:
        """Every file of the guide, the operations, the schema and the checks of the examples."""
        for name, text in GUIDE.files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        shutil.copytree(OPERATIONS, self.folder / "operations")
        shutil.copytree(HERE / "checks", self.folder / "checks")
        shutil.copy(SCHEMA, self.folder)
        shutil.copy(HERE / "schema.eslint.config.mjs", self.folder)
        (self.folder / "node_modules").symlink_to(node_modules)

    def copy(self, folder: Path) -> Workspace:
        """The same in another folder, to be changed."""
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        return replace(self, folder=folder)

    def run(self, script: str, *, code: int = 0) -> str:
        """What a shell prints; it must exit with `code`."""
        done = subprocess.run(
            ["sh", "-euc", script],
            cwd=self.folder,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith(("KAIRO_", "DJANGO_"))},
                "PATH": os.pathsep.join([*map(str, self.programs), os.environ["PATH"]]),
                "KAIRO_URL": self.url,
                "KAIRO_TOKEN": self.token,
                "KAIRO_BRAND": self.brand_id,
                "NO_COLOR": "1",
                "npm_config_offline": "true",  # npx runs what is installed
            },
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )
        assert done.returncode == code, f"{script}\nended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def check(self, name: str, *arguments: str) -> None:
        """Runs one of the programs in checks/, which fails by itself."""
        self.run(" ".join(["node", f"built/checks/{name}.js", *arguments]))
