"""Tokens of the portal's identity provider (OpenID Connect): checked, then read for their claims.

Needs the network of the portal once for the signing keys, which are then kept; PyJWT does the cryptography.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

import jwt

from assistant.errors import AccessError, SettingsError
from assistant.keys import SCOPES
from assistant.settings import AccessSettings

_SECONDS = 5.0  # to reach the provider
_KEEP_KEYS_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Login:
    """A user as the identity provider vouches for them; without groups only public documents."""

    subject: str
    name: str
    scopes: frozenset[str]
    groups: frozenset[str]


class TokenVerifier:
    """Checks tokens of one issuer."""

    def __init__(self, settings: AccessSettings) -> None:
        if not settings.audience:
            raise SettingsError(
                "ASSISTANT_ACCESS__ISSUER is set without ASSISTANT_ACCESS__AUDIENCE. Set it to the name that "
                "the identity provider has for this server; otherwise tokens for other servers would pass."
            )
        wrong = [name for name in settings.algorithms if name.lower() == "none" or name.startswith("HS")]
        if wrong:
            raise SettingsError(
                f"ASSISTANT_ACCESS__ALGORITHMS names {wrong[0]}. Name public-key ones only, such as RS256."
            )
        self._settings = settings
        self._lock = threading.Lock()
        self._keys: jwt.PyJWKClient | None = None

    def verify(self, token: str) -> Login:
        """Return whom `token` belongs to. Raises `AccessError` with what to do."""
        settings = self._settings
        try:
            key = self._signing_key(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=list(settings.algorithms),
                audience=settings.audience,
                issuer=settings.issuer,
                leeway=settings.leeway_seconds,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise AccessError("The token has expired. Log in again.") from error
        except jwt.PyJWKClientConnectionError as error:
            raise AccessError(
                "The identity provider cannot be reached for its keys. Try again later."
            ) from error
        except jwt.PyJWTError as error:
            raise AccessError("The token is not valid here. Log in again, or use a key.") from error
        scopes = _names(claims, settings.scopes_claim) & set(SCOPES)
        return Login(
            subject=str(claims["sub"]),
            name=str(claims.get("preferred_username") or claims.get("name") or claims["sub"]),
            scopes=frozenset(scopes or settings.default_scopes),
            groups=_names(claims, settings.groups_claim),
        )

    def _signing_key(self, token: str) -> jwt.PyJWK:
        """Return the key that a token names; one that names none is for a provider's only key."""
        keys = self._signing_keys()
        if "kid" in jwt.get_unverified_header(token):
            return keys.get_signing_key_from_jwt(token)
        known = keys.get_signing_keys()
        if len(known) != 1:
            raise jwt.PyJWKClientError("the token names no key")
        return known[0]

    def _signing_keys(self) -> jwt.PyJWKClient:
        with self._lock:
            if self._keys is None:
                address = self._settings.jwks_url or _discover(self._settings.issuer or "")
                self._keys = jwt.PyJWKClient(address, lifespan=_KEEP_KEYS_SECONDS, timeout=_SECONDS)
            return self._keys


def _discover(issuer: str) -> str:
    """Ask the issuer where its keys are (OpenID Connect Discovery 1.0, section 4)."""
    address = issuer.rstrip("/") + "/.well-known/openid-configuration"
    if not address.startswith(("https://", "http://")):
        raise AccessError(f"The issuer {issuer} is no web address. Correct ASSISTANT_ACCESS__ISSUER.")
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310 -- the scheme is checked above
            found = json.load(answer).get("jwks_uri")
    except (OSError, ValueError, AttributeError) as error:
        raise AccessError("The identity provider cannot be reached. Try again later.") from error
    if not isinstance(found, str):
        raise AccessError("The identity provider names no signing keys. Set ASSISTANT_ACCESS__JWKS_URL.")
    return found


def _names(claims: Mapping[str, object], path: str) -> frozenset[str]:
    """Read a claim of a list or words; a dotted path reaches into objects (realm_access.roles)."""
    value: object = claims.get(path)
    if value is None:
        value = claims
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return frozenset(value.split())
    return frozenset(str(item) for item in value) if isinstance(value, list) else frozenset()
