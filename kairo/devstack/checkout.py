"""Where this checkout is, and the folder in it that keeps a stack's local state."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".kairo"


@dataclass(frozen=True, kw_only=True)
class Services:
    """How a running stack is reached; the content of .kairo/services.json."""

    api_url: str
    database_url: str
    redis_url: str | None  # None: no Redis, jobs are run by opportunities_worker
    demo_token: str | None  # None: started with --no-demo
    demo_brand_id: str | None


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """What has to survive from one run to the next: tokens are hashed with the key."""

    checkout_id: str
    secret_key: str
    server_password: str
    demo_token: str | None = None


class LocalState:
    """The files of one checkout's stack. Everything in them is for the owner's eyes only."""

    def __init__(self, folder: Path = STATE) -> None:
        self.folder = folder
        self.lock = folder / "up.lock"
        self.ledger = folder / "processes.json"
        self.logs = folder / "logs"
        self._services = folder / "services.json"
        self._secrets = folder / "secrets.json"

    def open(self) -> None:
        """Makes the folder; the last run's logs stay beside the new ones as NAME.log.1."""
        self.logs.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))

    def secrets(self) -> Secrets:
        """Those of the last run; made and written on the first."""
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
        """Of the stack that runs or ran last and was killed; None after an orderly stop."""
        if not self._services.exists():
            return None
        return Services(**json.loads(self._services.read_text()))

    def announce(self, services: Services) -> None:
        write_private(self._services, json.dumps(asdict(services), indent=2) + "\n")

    def withdraw(self) -> None:
        self._services.unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Readable by the owner only from its first byte on; never seen half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
