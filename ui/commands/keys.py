"""`assistant keys`: who may call the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from assistant.audit import AuditLog
from assistant.folders import audit_file, keys_file
from assistant.keys import SCOPES, Key, KeyStore
from assistant.settings import Settings, load_settings
from assistant.wire import Json
from ui.commands.options import COMMAND_LINE, index_option, json_option, print_json
from ui.terminal import table


@click.group()
def keys() -> None:
    """Make, list, replace and revoke keys for the API. A running server sees changes at once."""


@keys.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    default=("ask", "read"),
    show_default=True,
    help="What the key may do; repeat for several.",
)
@click.option(
    "--group", "groups", multiple=True, metavar="NAME", help="Whose documents it sees; repeat for several."
)
@click.option("--all-groups", is_flag=True, help="It sees every document.")
@click.option("--days", type=click.IntRange(1, 36_500), help="It ends after so many days.")
@click.option(
    "--per-minute", type=click.IntRange(0), help="Requests in a minute, instead of the settings' limit."
)
@click.option("--per-day", type=click.IntRange(0), help="Requests in a day, instead of the settings' limit.")
@index_option
@json_option
def create(
    name: str,
    scopes: tuple[str, ...],
    groups: tuple[str, ...],
    all_groups: bool,
    days: int | None,
    per_minute: int | None,
    per_day: int | None,
    index: Path | None,
    as_json: bool,
) -> None:
    """Make a key for NAME and print it once. Without a group it sees public documents only."""
    if groups and all_groups:
        raise click.UsageError("Give --group or --all-groups, not both.")
    settings = load_settings(index=index)
    key, text = KeyStore(keys_file(settings)).create(
        name,
        scopes=frozenset(scopes),
        groups=None if all_groups else frozenset(groups),
        expires_at=datetime.now(UTC) + timedelta(days=days) if days else None,
        per_minute=per_minute,
        per_day=per_day,
    )
    _record(settings, "key-created", key)
    _tell_once(key, text, as_json)


@keys.command("list")
@index_option
@json_option
def list_keys(index: Path | None, as_json: bool) -> None:
    """List all keys; their secrets are stored nowhere."""
    found = KeyStore(keys_file(load_settings(index=index))).list()
    if as_json:
        print_json({"keys": [_key_json(key) for key in found]})
    elif not found:
        click.echo("There are no keys. Make one: assistant keys create NAME")
    else:
        rows = [("id", "name", "state", "scopes", "groups", "created", "expires")]
        rows += [
            (
                key.id,
                key.name,
                key.state(datetime.now(UTC)),
                " ".join(sorted(key.scopes)),
                "all" if key.groups is None else " ".join(sorted(key.groups)) or "public only",
                key.created_at.date().isoformat(),
                key.expires_at.date().isoformat() if key.expires_at else "never",
            )
            for key in found
        ]
        click.echo(table(rows))


@keys.command()
@click.argument("key_id")
@index_option
@json_option
def revoke(key_id: str, index: Path | None, as_json: bool) -> None:
    """End a key now."""
    settings = load_settings(index=index)
    key = KeyStore(keys_file(settings)).revoke(key_id)
    _record(settings, "key-revoked", key)
    if as_json:
        print_json(_key_json(key))
    else:
        click.echo(f"revoked    {key.id}  {key.name}")


@keys.command()
@click.argument("key_id")
@click.option(
    "--overlap-hours", type=click.FloatRange(0, 8760), default=0, help="How long the old one works on."
)
@index_option
@json_option
def rotate(key_id: str, overlap_hours: float, index: Path | None, as_json: bool) -> None:
    """Replace a key by a new one with the same rights and print it once."""
    settings = load_settings(index=index)
    key, text = KeyStore(keys_file(settings)).rotate(key_id, overlap=timedelta(hours=overlap_hours))
    _record(settings, "key-rotated", key, replaced=key_id)
    _tell_once(key, text, as_json)


def _tell_once(key: Key, text: str, as_json: bool) -> None:
    if as_json:
        print_json({**_key_json(key), "key": text})
    else:
        click.echo(text)
        click.echo(f"Keep it: it is not stored. Its id is {key.id}.", err=True)


def _record(settings: Settings, action: str, key: Key, **more: object) -> None:
    if settings.audit.enabled:
        shown: Json = {**_key_json(key), **more}
        AuditLog(audit_file(settings)).append(action, COMMAND_LINE, shown)


def _key_json(key: Key) -> Json:
    return {
        "id": key.id,
        "name": key.name,
        "state": key.state(datetime.now(UTC)),
        "scopes": sorted(key.scopes),
        "groups": sorted(key.groups) if key.groups is not None else None,
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
        "per_minute": key.per_minute,
        "per_day": key.per_day,
    }
