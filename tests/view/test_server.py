"""The server: to this machine alone, to those who know the token."""

import http.client
import json
import os
import threading

import pytest

from boltzwall.cli.view import ViewedFiles
from boltzwall.io import write_dataset
from boltzwall.view import PageServer
from tests.synthetic import run_dataset
from tests.view.unpack import unpacked_content


@pytest.fixture
def server():
    one = PageServer(lambda path, asked: ("text/plain", f"{path} {asked}") if path == "/" else None)
    thread = threading.Thread(target=one.serve)
    thread.start()
    yield one
    one.close()
    thread.join()


def ask(server, path, host=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.port}"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), dict(answer.getheaders())


def test_it_is_bound_to_the_loopback(server):
    assert server.address.startswith("http://127.0.0.1:")
    assert server._server.server_address[0] == "127.0.0.1"


def test_the_token_opens_it_and_nothing_else_does(server):
    status, text, headers = ask(server, f"/?token={server.token}&point=3")
    assert (status, text) == (200, "/ {'point': '3'}")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    for path in ("/", "/?token=", "/?token=guess", f"/?token={server.token}x", "/news"):
        assert ask(server, path)[0] == 403, path
    assert ask(server, f"/other?token={server.token}")[0] == 404


def test_the_name_of_another_host_is_refused(server):
    assert ask(server, f"/?token={server.token}", host="evil.example")[0] == 403
    assert ask(server, f"/?token={server.token}", host=f"localhost:{server.port}")[0] == 200


def test_every_server_has_a_token_of_its_own(server):
    another = PageServer(lambda path, asked: None)
    another._server.server_close()
    assert len(server.token) >= 32
    assert another.token != server.token


def news_of(served, since=""):
    answer = served.answer("/news", {"since": since})
    assert answer is not None
    return json.loads(answer[1])


def test_a_run_that_goes_on_is_followed(tmp_path):
    whole = run_dataset(saves=6, cells=12, attributes={"stopped_because": "running"})
    path = write_dataset(whole.isel(time=slice(0, 3)), tmp_path / "run.nc")
    served = ViewedFiles([path])
    answer = served.answer("/", {})
    assert answer is not None
    first = unpacked_content(answer[1])
    assert first["views"][0]["running"]
    assert "still running" in first["views"][0]["status"]
    news = news_of(served, first["version"])
    assert "content" not in news
    whole.attrs["stopped_because"] = "steady"
    write_dataset(whole, path, overwrite=True)
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 5.0))
    news = news_of(served, first["version"])
    view = news["content"]["views"][0]
    assert not view["running"]
    assert view["arrays"]["times"]["shape"] == [6]
    assert news["version"] != first["version"]


def test_a_file_that_is_lost_or_damaged_meanwhile_leaves_the_page_as_it_was(tmp_path):
    path = write_dataset(run_dataset(saves=3, cells=12), tmp_path / "run.nc")
    served = ViewedFiles([path])
    path.write_bytes(b"half a file")
    os.utime(path, (1.0, 1.0))
    news = news_of(served)
    assert news["content"]["views"][0]["arrays"]["times"]["shape"] == [3]
    assert served.answer("/point", {"view": "0", "point": "x"}) is None
    assert served.answer("/else", {}) is None
