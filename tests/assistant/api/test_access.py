import time
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.api.tokens import TokenVerifier
from assistant.errors import AccessError, SettingsError
from assistant.keys import KeyStore

WAIT = {"Prefer": "wait=10"}


def test_on_ones_own_machine_it_works_out_of_the_box(client):
    assert client.get("/v1/documents").json()["total"] == 3
    assert client.get("/metrics").status_code == 200


def test_from_the_first_key_on_nobody_is_answered_without_one(client, make_key):
    good = make_key("ask", "read")
    for headers in (
        {},
        {"Authorization": "Bearer pa_000000000000_x"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer"},
    ):
        response = client.get("/v1/documents", headers=headers)
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert response.json()["type"].endswith(":unauthenticated")
    assert client.get("/v1/documents", headers=good).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_key_may_be_required_before_there_is_one(start):
    assert start(ACCESS__REQUIRED="true").get("/v1/documents").status_code == 401


def test_revoked_and_expired_keys_are_like_unknown_ones(client, make_key, configure):
    from assistant.folders import keys_file

    store = KeyStore(keys_file(configure()))
    headers = make_key("ask", "read")
    unknown = client.get("/v1/documents", headers={"Authorization": "Bearer pa_000000000000_x"}).json()[
        "detail"
    ]
    store.revoke(store.list()[0].id)
    assert client.get("/v1/documents", headers=headers).json()["detail"] == unknown
    soon = make_key("ask", "read", expires_at=datetime.now(UTC) + timedelta(seconds=0.3))
    assert client.get("/v1/documents", headers=soon).status_code == 200
    time.sleep(0.35)
    assert client.get("/v1/documents", headers=soon).json()["detail"] == unknown


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("ask", {"ask", "search", "verify", "feedback", "chat", "models"}),
        ("read", {"documents", "document", "text", "indicators"}),
        ("write", {"upload", "delete", "jobs"}),
        ("admin", None),
    ],
)
def test_a_scope_allows_its_routes_and_no_other(client, make_key, scope, allowed):
    headers = make_key(scope, groups=None)
    calls = {
        "ask": ("POST", "/v1/ask", {"json": {"question": "q"}}),
        "search": ("POST", "/v1/search", {"json": {"query": "q"}}),
        "verify": (
            "POST",
            "/v1/verify",
            {"json": {"citations": [{"document_id": "d", "start": 0, "end": 1, "quote": "q"}]}},
        ),
        "feedback": ("POST", "/v1/feedback", {"json": {"question": "q", "verdict": "up"}}),
        "chat": ("POST", "/v1/chat/completions", {"json": {"messages": [{"role": "user", "content": "q"}]}}),
        "models": ("GET", "/v1/models", {}),
        "documents": ("GET", "/v1/documents", {}),
        "document": ("GET", "/v1/documents/plan", {}),
        "text": ("GET", "/v1/documents/plan/text", {}),
        "indicators": ("GET", "/v1/indicators", {}),
        "upload": ("POST", "/v1/documents", {"files": {"file": ("a.txt", b"text")}}),
        "jobs": ("GET", "/v1/jobs", {}),
        "delete": ("DELETE", "/v1/documents/open", {}),
        "metrics": ("GET", "/metrics", {}),
    }
    got = {
        name
        for name, (method, path, more) in calls.items()
        if client.request(method, path, headers=headers, **more).status_code < 400
    }
    assert got == (set(calls) if allowed is None else allowed)


def test_groups_decide_what_is_seen(client, make_key):
    board, public = make_key("ask", "read", groups=["board"]), make_key("ask", "read")
    assert client.get("/v1/documents", headers=board).json()["total"] == 3
    assert client.get("/v1/documents", headers=public).json()["total"] == 2
    assert client.get("/v1/documents/secret", headers=board).status_code == 200
    forbidden = client.get("/v1/documents/secret", headers=public).json()
    missing = client.get("/v1/documents/secreT", headers=public).json()
    assert forbidden["type"] == missing["type"]
    assert forbidden["detail"].replace("secret", "") == missing["detail"].replace("secreT", "")


def test_documents_are_given_to_the_groups_of_the_key(client, make_key):
    team = make_key("write", "read", groups=["team", "extra"])
    other = make_key("read", groups=["other"])

    def upload(headers, **fields):
        return client.post(
            "/v1/documents", files={"file": ("note.txt", b"a note")}, data=fields, headers={**headers, **WAIT}
        )

    job = upload(team).json()["jobs"][0]
    assert client.get(f"/v1/documents/{job['document_id']}", headers=team).status_code == 200
    assert client.get(f"/v1/documents/{job['document_id']}", headers=other).status_code == 404
    narrowed = upload(team, group="team").json()["jobs"][0]
    assert narrowed["document_id"] != job["document_id"]
    assert upload(team, group="board").json()["type"].endswith(":group-not-allowed")
    assert upload(make_key("write")).json()["type"].endswith(":group-not-allowed")


def test_one_group_cannot_overwrite_or_delete_anothers(client, make_key, assistant):
    ours, theirs = make_key("write", "read", groups=["a"]), make_key("write", "read", groups=["b"])
    send = {"files": {"file": ("plan.txt", "甲的内容。".encode())}}
    first = client.post("/v1/documents", headers={**ours, **WAIT}, **send).json()["jobs"][0]["document_id"]
    send = {"files": {"file": ("plan.txt", "乙的内容。".encode())}}
    second = client.post("/v1/documents", headers={**theirs, **WAIT}, **send).json()["jobs"][0]["document_id"]
    assert first != second
    assert client.delete(f"/v1/documents/{first}", headers=theirs).status_code == 404
    assert client.delete("/v1/documents/open", headers=theirs).json()["type"].endswith(":group-not-allowed")
    assert (
        client.delete(f"/v1/documents/{second}", headers={**theirs, **WAIT}).json()["jobs"][0]["state"]
        == "done"
    )
    assert set(assistant.held) == {"plan", "open", "secret", first}


def test_jobs_are_seen_by_their_owner_and_the_administrator(client, make_key):
    owner, other, admin = (
        make_key("write", groups=["a"]),
        make_key("write", groups=["a"]),
        make_key("admin", groups=None),
    )
    place = client.post("/v1/documents", files={"file": ("a.txt", b"text")}, headers=owner).headers[
        "location"
    ]
    assert [client.get(place, headers=who).status_code for who in (owner, other, admin)] == [200, 404, 200]
    assert client.get("/v1/jobs", headers=other).json()["jobs"] == []


class Provider:
    """Signs tokens as an identity provider does."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def token(self, key=None, algorithm="RS256", **changes):
        now = int(time.time())
        claims = {
            "iss": "https://id.example",
            "aud": "assistant",
            "sub": "u1",
            "iat": now,
            "exp": now + 60,
            "groups": ["board"],
        }
        claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
        return jwt.encode(claims, key or self.key, algorithm, headers={"kid": "k1"})


@pytest.fixture
def provider(monkeypatch):
    provider = Provider()
    public = jwt.algorithms.RSAAlgorithm.to_jwk(provider.key.public_key(), as_dict=True)
    monkeypatch.setattr(
        jwt.PyJWKClient,
        "fetch_data",
        lambda self: {"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]},
    )
    return provider


LOGIN = {
    "ACCESS__ISSUER": "https://id.example",
    "ACCESS__AUDIENCE": "assistant",
    "ACCESS__JWKS_URL": "https://id.example/keys",
}


def test_a_users_token_carries_groups(start, provider):
    client = start(**LOGIN)

    def total(token):
        response = client.get("/v1/documents", headers={"Authorization": f"Bearer {token}"})
        return response.json().get("total", response.status_code)

    assert total(provider.token()) == 3
    assert total(provider.token(groups=[])) == 2
    assert total(provider.token(groups="board staff")) == 3
    assert total(provider.token(groups=None)) == 2
    assert client.get("/v1/documents").status_code == 401
    upload = {"files": {"file": ("a.txt", b"text")}}
    asker, writer = provider.token(), provider.token(scope="openid write")
    assert (
        client.post("/v1/documents", headers={"Authorization": f"Bearer {asker}"}, **upload).status_code
        == 403
    )
    assert (
        client.post("/v1/documents", headers={"Authorization": f"Bearer {writer}"}, **upload).status_code
        == 200
    )


def test_wrong_tokens_are_refused(start, provider):
    client = start(**LOGIN)
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    unsigned = jwt.encode(
        {"iss": "https://id.example", "aud": "assistant", "sub": "u"}, None, "none", headers={"kid": "k1"}
    )
    confused = jwt.encode({"sub": "u"}, "secret" * 8, "HS256", headers={"kid": "k1"})
    wrong = [
        provider.token(key=stranger),
        provider.token(aud="another"),
        provider.token(iss="https://evil.example"),
        provider.token(exp=int(time.time()) - 3600),
        provider.token(exp=None),
        provider.token(sub=None),
        provider.token(nbf=int(time.time()) + 3600),
        unsigned,
        confused,
        "not.a.token",
        "x" * 5000,
    ]
    for token in wrong:
        response = client.get("/v1/documents", headers={"Authorization": f"Bearer {token}"})
        assert response.status_code == 401, token
        assert response.json()["detail"].endswith((".", "key.")), token


@pytest.mark.parametrize(
    "changes",
    [
        {"ACCESS__ISSUER": "https://id.example"},
        {**LOGIN, "ACCESS__ALGORITHMS": "HS256"},
        {**LOGIN, "ACCESS__ALGORITHMS": "none"},
    ],
)
def test_settings_that_would_let_anyone_in_are_refused(configure, changes):
    with pytest.raises(SettingsError):
        TokenVerifier(configure(**changes).access)


def test_an_unreachable_provider_is_told(configure, monkeypatch):
    settings = configure(ACCESS__ISSUER="http://127.0.0.1:1", ACCESS__AUDIENCE="assistant")
    with pytest.raises(AccessError, match="cannot be reached"):
        TokenVerifier(settings.access).verify("a.b.c")


def test_keycloaks_nested_claims_are_read(configure, provider):
    settings = configure(**LOGIN, ACCESS__GROUPS_CLAIM="realm_access.roles")
    token = provider.token(realm_access={"roles": ["board"]})
    assert TokenVerifier(settings.access).verify(token).groups == {"board"}
