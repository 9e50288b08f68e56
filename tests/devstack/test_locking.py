import os
import subprocess
import sys
import threading
from pathlib import Path

from kairo.devstack.locking import holder, is_locked, is_still_at, try_lock, waiting_lock


def test_the_second_comes_second_and_learns_who_was_first(folder: Path) -> None:
    lock = try_lock(folder / "lock")
    assert lock is not None
    assert try_lock(folder / "lock") is None
    assert holder(folder / "lock") == os.getpid()
    assert is_locked(folder / "lock")
    os.close(lock)
    assert not is_locked(folder / "lock")
    again = try_lock(folder / "lock")
    assert again is not None
    os.close(again)


def test_a_process_that_inherited_the_lock_holds_it_on(folder: Path) -> None:
    lock = try_lock(folder / "lock")
    assert lock is not None
    heir = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock])
    os.close(lock)
    assert try_lock(folder / "lock") is None
    heir.communicate(b"\n")
    freed = try_lock(folder / "lock")
    assert freed is not None
    os.close(freed)


def test_a_lock_on_a_file_that_reset_removed_is_no_lock(folder: Path) -> None:
    old = try_lock(folder / "lock")
    assert old is not None
    assert is_still_at(folder / "lock", old)
    (folder / "lock").unlink()
    assert not is_still_at(folder / "lock", old)
    new = try_lock(folder / "lock")
    assert new is not None
    assert not is_still_at(folder / "lock", old)
    assert is_still_at(folder / "lock", new)
    os.close(old)
    os.close(new)


def test_waiting_goes_on_when_the_other_is_done(folder: Path, capsys: object) -> None:
    first = try_lock(folder / "lock")
    assert first is not None
    threading.Timer(0.3, os.close, [first]).start()
    with waiting_lock(folder / "lock", notice="another is at it"):
        assert is_locked(folder / "lock")


def test_nothing_is_locked_where_there_is_nothing(folder: Path) -> None:
    assert not is_locked(folder / "lock")
    assert holder(folder / "lock") is None
