"""`python` and `dbt` of the warm Python: files with this text, below a line that names Python.

A command's arguments, folder, environment and open files go to the server, which forks a process
for it; signals are passed on, and the exit code is the command's. What is not `-m MODULE` or dbt
runs in a Python of its own. Only modules that Python starts with in 20 ms are imported.
"""

import json
import os
import signal
import socket
import struct
import sys

PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1)


def main() -> None:
    here, name = os.path.split(os.path.abspath(__file__))
    arguments = sys.argv[1:]
    if name == "python" and arguments[:1] != ["-m"]:
        os.execv(sys.executable, [sys.executable, *arguments])
    request = {
        "name": name,
        "arguments": arguments if name == "dbt" else arguments[1:],
        "cwd": os.getcwd(),
        "environment": dict(os.environ),
    }
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(os.path.join(here, "socket"))
        for number in PASSED_ON:
            signal.signal(number, lambda number, _: server.sendall(bytes([number])))
        sent = json.dumps(request).encode()
        socket.send_fds(server, [struct.pack("!I", len(sent))], [0, 1, 2])
        server.sendall(sent)
        status = server.recv(4, socket.MSG_WAITALL)
    if len(status) < 4:
        sys.exit("the warm Python has ended")
    (status,) = struct.unpack("!i", status)
    if status < 0:
        # Ended by a signal: so does this process.
        if -status in PASSED_ON:
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status)


main()
