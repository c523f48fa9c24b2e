"""What the tests of every part share."""

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests stay in one worker; so do all that need the sample brand, built once."""
    for item in items:
        needs_sample = "sample_brand" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("sample" if needs_sample else item.path.name))


@pytest.fixture(scope="session")
def real_data_dir() -> Path:
    """The folder of the public data sets, which are not part of the project."""
    folder = os.environ.get("REAL_DATA_DIR")
    if not folder or not Path(folder).is_dir():
        pytest.skip("set REAL_DATA_DIR to a folder with online_retail/, olist/ and tmall/")
    return Path(folder)


@dataclass
class Webhook:
    """A local server that takes alerts, and answers as it is told."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    received: list[dict] = field(default_factory=list)


@pytest.fixture(scope="module")
def running_webhook() -> Iterator[Webhook]:
    """One server for a module."""
    webhook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            webhook.received.append(json.loads(body))
            self.send_response(webhook.answers.pop(0) if webhook.answers else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    webhook.address = f"http://127.0.0.1:{server.server_port}/hook?key=s3cret"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield webhook
    server.shutdown()
    thread.join()
    server.server_close()
