"""The checkout or installation that runs, and the folder of its local state."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IS_CHECKOUT = (ROOT / "dev").is_file()  # else an installed package, whose ROOT is site-packages
COMMAND = "./dev" if IS_CHECKOUT else "kairo"


def state_folder(*, root: Path = ROOT, is_checkout: bool = IS_CHECKOUT) -> Path:
    """Returns where local state lives: .kairo in a checkout, else the user's state folder.

    An installed package may be read-only and is replaced by an upgrade, so nothing is kept in it. Source of the path:
    XDG Base Directory Specification, XDG_STATE_HOME.
    """
    if is_checkout:
        return root / ".kairo"
    home = os.environ.get("XDG_STATE_HOME", "")
    base = Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "state"
    return base / "kairo"


STATE = state_folder()


@dataclass(frozen=True, kw_only=True)
class Services:
    """The addresses of a running stack: the content of services.json."""

    api_url: str
    database_url: str
    redis_url: str | None  # None: no Redis, jobs are run by opportunities_worker
    demo_token: str | None  # None: started with --no-demo
    demo_brand_id: str | None


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What survives from one run to the next; tokens are hashed with `secret_key`."""

    checkout_id: str
    secret_key: str
    server_password: str
    demo_token: str | None = None


class LocalState:
    """The state files of one stack, readable by their owner only."""

    def __init__(self, folder: Path = STATE) -> None:
        self.folder = folder
        self.lock = folder / "up.lock"
        self.pid_file = folder / "processes.json"
        self.logs = folder / "logs"
        self._services = folder / "services.json"
        self._secrets = folder / "secrets.json"

    def open(self) -> None:
        """Makes the folder and renames the last run's logs to NAME.log.1."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))

    def secrets(self) -> Secrets:
        """Returns the last run's secrets; the first run makes and writes them."""
        if self._secrets.exists():
            return Secrets(**json.loads(self._secrets.read_text()))
        fresh = Secrets(
            checkout_id=secrets.token_hex(8),
            secret_key=secrets.token_urlsafe(48),
            server_password=secrets.token_hex(16),
        )
        self.keep(fresh)
        return fresh

    def keep(self, kept: Secrets) -> None:
        write_private(self._secrets, json.dumps(asdict(kept), indent=2))

    def services(self) -> Services | None:
        """Returns the addresses of the stack that runs, or that was killed; None after an orderly stop."""
        if not self._services.exists():
            return None
        return Services(**json.loads(self._services.read_text()))

    def write_state(self, services: Services) -> None:
        write_private(self._services, json.dumps(asdict(services), indent=2) + "\n")

    def clear_state(self) -> None:
        self._services.unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Writes the file atomically, readable by its owner only from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
