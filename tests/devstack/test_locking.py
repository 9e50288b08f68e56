import os
import subprocess
import sys
import threading
from pathlib import Path

from kairo.devstack.locking import holder, is_locked, is_still_at, try_lock, waiting_lock


def test_lock_is_refused_to_a_second_process_which_reads_the_first_ones_id(folder: Path) -> None:
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


def test_lock_lasts_in_a_process_that_inherited_it(folder: Path) -> None:
    lock = try_lock(folder / "lock")
    assert lock is not None
    heir = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock])
    os.close(lock)
    assert try_lock(folder / "lock") is None
    heir.communicate(b"\n")
    freed = try_lock(folder / "lock")
    assert freed is not None
    os.close(freed)


def test_lock_of_a_removed_file_is_taken_again(folder: Path) -> None:
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


def test_waiting_lock_continues_after_the_other_process(folder: Path, capsys: object) -> None:
    first = try_lock(folder / "lock")
    assert first is not None
    threading.Timer(0.3, os.close, [first]).start()
    with waiting_lock(folder / "lock", notice="another is at it"):
        assert is_locked(folder / "lock")


def test_missing_file_is_not_locked(folder: Path) -> None:
    assert not is_locked(folder / "lock")
    assert holder(folder / "lock") is None
