"""A command of the warm Python does what the environment's own Python does."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

import warm

SHOWN = """
import json, os, sys
print(json.dumps({
    "arguments": sys.argv[1:], "name": __name__, "cwd": os.getcwd(), "executable": sys.executable,
    "path": sys.path[0], "environment": dict(os.environ), "read": sys.stdin.read(),
}))
print("an error", file=sys.stderr)
"""


@pytest.fixture
def modules(tmp_path: Path):
    """Runs a module of this text, warm or cold, in a folder of its own."""

    numbers = count()

    def started(text: str, *arguments: str, python: str | None = None, **options):
        name = f"shown_{next(numbers)}"
        (tmp_path / f"{name}.py").write_text(text)
        return subprocess.Popen(
            [python or warm.python(), "-m", name, *arguments],
            **{"cwd": tmp_path, "text": True, "stdout": -1, "stderr": -1, "stdin": -1} | options,
        )

    return started


def end(process: subprocess.Popen, given: str = "") -> tuple[int, str, str]:
    said, errors = process.communicate(given, timeout=60)
    return process.returncode, said, errors


def test_a_module_gets_its_arguments_folder_environment_and_files(modules, tmp_path):
    environment = {"PATH": os.environ["PATH"], "ODD": "ä \udcff\n=", "TZ": "Asia/Tokyo"}
    code, said, errors = end(modules(SHOWN, "a b", "-c", "", env=environment), "given")
    cold = end(modules(SHOWN, "a b", "-c", "", env=environment, python=sys.executable), "given")
    shown, shown_cold = json.loads(said), json.loads(cold[1])
    assert (code, errors) == (0, "an error\n")
    assert shown["arguments"] == ["a b", "-c", ""] and shown["name"] == "__main__"
    assert shown["read"] == "given"
    assert shown["cwd"] == shown["path"] == str(tmp_path)
    assert shown["environment"] == shown_cold["environment"]
    assert environment.items() <= shown["environment"].items()
    # What it starts is warm, too.
    assert shown.pop("executable") == warm.python() != shown_cold.pop("executable")
    assert shown == shown_cold


def test_output_and_errors_may_be_the_same_file(modules):
    _, said, errors = end(modules(SHOWN, stderr=subprocess.STDOUT))
    assert said.splitlines()[-1] == "an error" or said.startswith("an error")
    assert errors is None


@pytest.mark.parametrize(
    "text",
    [
        "import sys; sys.exit(3)",
        "import sys; sys.exit('a message')",
        "import sys; sys.exit()",
        "raise SystemExit(-1)",
        "1 / 0",
        "import os; os._exit(7)",
        "import atexit; atexit.register(print, 'at the end'); print('first')",
        "import threading as t, time; t.Thread(target=lambda: time.sleep(1) or print(2)).start()",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os; print(os.isatty(0), os.getppid() > 1)",
        "import no_such_module",
    ],
)
def test_it_ends_as_a_cold_one_ends(modules, text):
    warmly = end(modules(text))
    coldly = end(modules(text, python=sys.executable))
    assert warmly[:2] == coldly[:2]
    assert warmly[2].splitlines()[-1:] == coldly[2].splitlines()[-1:]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("handler", ["", "signal.signal({}, lambda *_: sys.exit(9))"])
def test_a_signal_reaches_it(modules, number, handler):
    # A test run in the background of a shell ignores interrupts, and its commands would too.
    handler = handler or "signal.signal({}, signal.SIG_DFL)"
    text = f"import signal, sys, time\n{handler.format(int(number))}\n"
    text += "print('ready', flush=True); time.sleep(60)"
    ends = []
    for python in (warm.python(), sys.executable):
        running = modules(text, python=python)
        assert running.stdout.readline() == "ready\n"
        running.send_signal(number)
        ends.append(end(running)[0])
    assert ends in ([9, 9], [-number, -number])
    assert (ends[0] == 9) == ("exit" in handler)


def test_it_dies_with_the_process_that_asked(modules):
    running = modules("import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    command = int(running.stdout.readline())
    assert command != running.pid
    running.kill()
    running.communicate()
    deadline = time.monotonic() + 30
    while Path(f"/proc/{command}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{command}").exists()


def test_commands_run_beside_each_other(modules):
    """The second ends although the first waits for it."""
    first = modules("input()")
    assert end(modules("print('second')"))[:2] == (0, "second\n")
    assert first.poll() is None
    assert end(first, "\n")[0] == 0


def test_a_module_is_imported_already_and_what_is_not_one_runs_cold(modules):
    text = "import sys; print('great_expectations' in sys.modules)"
    assert end(modules(text))[1] == "True\n"
    done = subprocess.run([warm.python(), "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
