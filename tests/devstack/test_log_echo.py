from pathlib import Path

from kairo.devstack.log_echo import LogEcho


def test_log_echo_shows_new_warnings_errors_and_tracebacks(folder: Path) -> None:
    log = folder / "web.log"
    log.write_text("10:00:00 ERROR   kairo: before we looked\n")
    echo = LogEcho([log, folder / "worker.log"])
    with log.open("a") as file:
        file.write("10:00:01 INFO    kairo: quiet\n10:00:02 ERROR   kairo: loud\nTraceback (most recent call last):\n")
        file.write('  File "x.py", line 1\nValueError: why\n10:00:03 INFO    kairo: quiet again\n10:00:04 WARN')
    (folder / "worker.log").write_text('{"time": "t", "level": "WARNING", "message": "json"}\n')
    assert list(echo.new_lines()) == [
        "  web | 10:00:02 ERROR   kairo: loud",
        "  web | Traceback (most recent call last):",
        '  web |   File "x.py", line 1',
        "  web | ValueError: why",
        '  worker | {"time": "t", "level": "WARNING", "message": "json"}',
    ]
    with log.open("a") as file:
        file.write("ING kairo: whole by now\n")
    assert list(echo.new_lines()) == ["  web | 10:00:04 WARNING kairo: whole by now"]
