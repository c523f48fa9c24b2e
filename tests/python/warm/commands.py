"""What a fork of the warm Python does: become the process that the command asked for."""

import atexit
import os
import runpy
import signal
import sys
import threading
import time
import traceback
from typing import NoReturn

ONE_THREAD = ("--threads", "1")


def run(request: dict, files: list[int], manifest: object, executable: str) -> NoReturn:
    """Run a module or dbt with the request's arguments, folder, environment and open files.

    `files` are standard input, output and error; `manifest` is dbt's parse of the project, or
    None; `executable` is the Python that the command starts others with. Ends the process.
    """
    code = 1
    try:
        _take_over(request, files, executable)
        code = _exit_code(request, manifest)
        threading._shutdown()
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _take_over(request: dict, files: list[int], executable: str) -> None:
    for number, target in zip(files, (0, 1, 2), strict=True):
        os.dup2(number, target)
        os.close(number)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    unbuffered = bool(os.environ.get("PYTHONUNBUFFERED"))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout.reconfigure(write_through=unbuffered, line_buffering=sys.stdout.isatty())
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr.reconfigure(write_through=unbuffered, line_buffering=True)
    sys.executable = executable
    sys.path[0] = request["cwd"]


def _exit_code(request: dict, manifest: object) -> int:
    """Run it; what ends Python itself ends it the same way, with the same words and code."""
    name, arguments = request["name"], request["arguments"]
    try:
        if name == "dbt":
            from dbt.cli.main import cli

            sys.argv = ["dbt", *arguments]
            if manifest is None:
                cli.main(arguments, prog_name="dbt")
            # Threads of one Python take turns: with one, a tiny build takes less of the machine.
            cli.main([*arguments, *ONE_THREAD], prog_name="dbt", obj={"manifest": manifest})
        else:
            sys.argv = arguments
            runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xFF
        print(end.code, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        traceback.print_exc()
        sys.stdout.flush()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
