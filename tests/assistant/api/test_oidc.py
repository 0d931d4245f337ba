"""A real OpenID Connect provider (oidc-provider-mock): discovery, keys, the code flow, and its tokens here."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

# The provider's own libraries are on their way from one module to another.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CALLBACK = "http://localhost/callback"


@pytest.fixture
def provider():
    from oidc_provider_mock import User, run_server_in_thread

    users = [User(sub="clerk", claims={"groups": ["board"]}), User(sub="guest", claims={})]
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


def log_in(provider, user, client_id="assistant"):
    """Log in as a browser would; returns the token that the portal hands on."""
    with httpx.Client(base_url=provider) as browser:
        asked = {"client_id": client_id, "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid"}
        back = browser.post("/oauth2/authorize", params=asked, data={"sub": user}).headers["location"]
        code = parse_qs(urlsplit(back).query)["code"][0]
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        return browser.post("/oauth2/token", data=sent, auth=(client_id, "secret")).json()["id_token"]


def test_users_of_the_identity_provider_see_what_their_groups_may(provider, start):
    client = start(ACCESS__ISSUER=provider, ACCESS__AUDIENCE="assistant")

    def total(token):
        response = client.get("/v1/documents", headers={"Authorization": f"Bearer {token}"})
        return response.json().get("total", response.status_code)

    assert total(log_in(provider, "clerk")) == 3
    assert total(log_in(provider, "guest")) == 2
    assert total(log_in(provider, "clerk", client_id="another-program")) == 401
    assert client.get("/v1/documents").status_code == 401


def test_a_key_works_beside_the_login(provider, start, make_key):
    client = start(ACCESS__ISSUER=provider, ACCESS__AUDIENCE="assistant")
    assert client.get("/v1/documents", headers=make_key("read")).json()["total"] == 2
