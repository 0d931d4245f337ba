"""Signing in: a cookie that scripts cannot read, nothing for a wrong key, and the form for whoever is unknown."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.api.access import Caller
from ui.host import COOKIE, PageHost, credential_of
from ui.signing_in import AskToSignIn, add_sign_in

KEY = "pa_1_secret"


async def identify(request):
    if credential_of(request) != KEY:
        return None
    return Caller("1", "key", "综合处", frozenset({"ask"}), frozenset())


async def accepts(key):
    return key == KEY


@pytest.fixture
def client():
    host = PageHost(identify=identify, accepts=accepts, may_sign_in=lambda: True)
    app = FastAPI()
    add_sign_in(app, host, "")

    @app.get("/")
    @app.get("/en/")
    def page() -> str:
        return "the page"

    app.add_middleware(AskToSignIn, host=host)
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize(("path", "language"), [("/", "zh"), ("/en", "en"), ("/en/", "en")])
def test_whoever_is_unknown_is_shown_the_form_in_the_pages_language(client, path, language):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?language={language}")
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in client.get(answer.headers["location"]).text


def test_a_good_key_becomes_a_cookie_that_scripts_cannot_read(client):
    answer = client.post("/sign-in?language=en", data={"key": f" {KEY} "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}={KEY};")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    assert client.get("/").text == '"the page"'
    assert client.get("/en").headers["location"] == "/en/"
    assert client.get("/sign-in").status_code == 303


def test_over_https_the_cookie_never_travels_in_the_clear(client):
    client.base_url = "https://testserver"
    assert "Secure" in client.post("/sign-in", data={"key": KEY}).headers["set-cookie"]


@pytest.mark.parametrize("key", ["", "pa_1_wrong", "x" * 100_000])
def test_a_wrong_key_gets_no_cookie(client, key):
    answer = client.post("/sign-in", data={"key": key})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "密钥无效" in answer.text


def test_signing_out_takes_the_cookie_back(client):
    client.post("/sign-in", data={"key": KEY})
    answer = client.get("/sign-out?language=en")
    assert answer.headers["location"] == "/sign-in?language=en"
    assert client.get("/").status_code == 303


def test_the_portals_own_header_signs_in_too(client):
    assert client.get("/", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    assert client.get("/", headers={"Authorization": "Basic eDp5"}).status_code == 303
