"""What `make secrets` writes: once, closed to others, usable, and in the stores as verifiers only."""

import base64
import hashlib
import hmac
import json
import re
import stat
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from backbone.sealing import Opener, Sealer
from contracts import REGISTRY
from scripts import broker_accounts, broker_upgrade, database_roles
from scripts.make_secrets import CLIENTS, OPEN, SERVICES, Folder, main, make
from services.identity.adapters.keys import SigningKeys
from services.identity.domain.machine import read_clients
from tests.support.operations import covers
from tests.support.processes import ROOT


def made(folder: Path) -> Folder:
    """A folder of secrets."""
    result = Folder(folder)
    make(result)
    return result


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = made(tmp_path / "s")
    before = {file.name: file.read_bytes() for file in first.path.iterdir()}
    second = made(tmp_path / "s")
    assert second.made == [] and {file.name: file.read_bytes() for file in second.path.iterdir()} == before


def test_the_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = made(tmp_path / "s").path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.iterdir():
        assert not file.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if file.stat().st_uid == 10001:
            assert stat.S_IMODE(file.stat().st_mode) == 0o400


def test_every_password_is_its_own(tmp_path: Path) -> None:
    folder = made(tmp_path / "s")
    urls = [folder.read(f"{role}_database_url") for service in SERVICES for role in (service, f"{service}_owner")]
    urls += [folder.read(f"{service}_broker_url") for service in SERVICES]
    passwords = {urlsplit(url or "").password for url in urls}
    assert len(passwords) == len(urls) == 15 and all(password and len(password) >= 43 for password in passwords)


def test_the_stores_are_given_verifiers_and_no_password(tmp_path: Path) -> None:
    folder = made(tmp_path / "s")
    stores = (folder.read("postgres_roles.sql") or "") + (folder.read("rabbitmq_definitions.json") or "")
    stores += folder.read("machine_clients") or ""
    for service in SERVICES:
        for name in (f"{service}_database_url", f"{service}_owner_database_url", f"{service}_broker_url"):
            password = urlsplit(folder.read(name) or "").password
            assert password and password not in stores
    assert (folder.read("client_caisse") or "x") not in stores


def test_the_keys_and_clients_are_what_the_services_read(tmp_path: Path) -> None:
    folder = made(tmp_path / "s")
    assert len(SigningKeys(folder.read("identity_signing_keys") or "").jwks()["keys"]) == 2
    sealed = Sealer(folder.read("sealing_public_key") or "").seal({"token": "x"})
    assert Opener(folder.read("sealing_private_key") or "").open(sealed) == {"token": "x"}
    clients = read_clients(folder.read("machine_clients") or "")
    secret = folder.read("client_caisse") or ""
    assert clients["caisse"].secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert clients["caisse"].scopes == frozenset(CLIENTS["caisse"])


def test_a_rotation_changes_what_it_names_and_what_follows_from_it(tmp_path: Path) -> None:
    folder = made(tmp_path / "s").path
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    words = ["--rotate", "database:dsn", "--rotate", "broker:dsn", "--rotate", "keys", "--rotate", "client:caisse"]
    assert main(["--into", str(folder), *words]) == 0
    changed = {name for name, content in before.items() if (folder / name).read_bytes() != content}
    assert changed == {
        "dsn_database_url",
        "dsn_owner_database_url",
        "postgres_roles.sql",
        "dsn_broker_url",
        "rabbitmq_definitions.json",
        "identity_signing_keys",
        "client_caisse",
        "machine_clients",
    }
    former = json.loads(before["identity_signing_keys"])["keys"]
    now = json.loads((folder / "identity_signing_keys").read_text())["keys"]
    assert now[0] == former[1] and former[0] in now  # the next key signs; what the former one signed still verifies


@covers("make secrets", "make secrets SMS=smpp")
def test_make_secrets_is_this_program_and_nothing_beside_it() -> None:
    for words, told in ((["secrets"], ""), (["secrets", "SMS=smpp"], " --sms smpp")):
        make = ["make", "--no-print-directory", "-n", *words]
        recipe = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert recipe.splitlines()[-1].rstrip() == f".venv/bin/python scripts/make_secrets.py{told}"


def test_sms_go_to_files_until_told_otherwise_and_a_provider_is_never_written_over(tmp_path: Path) -> None:
    folder = made(tmp_path / "s").path
    for words, url in (([], "files:"), (["--sms", "smpp"], "smpp://"), ([], "smpp://"), (["--sms", "files"], "files:")):
        assert main(["--into", str(folder), *words]) == 0
        assert (folder / "sms_url").read_text().startswith(url)
    (folder / "sms_url").unlink()
    (folder / "sms_url").write_text("smpp://us:secret@provider.example.com:2775")
    with pytest.raises(SystemExit):
        main(["--into", str(folder), "--sms", "smpp"])
    assert "provider.example.com" in (folder / "sms_url").read_text()


def test_a_verifier_is_what_postgresql_would_compute() -> None:
    """RFC 5803, computed from its definition."""
    found = re.fullmatch(r"SCRAM-SHA-256\$4096:(.+)\$(.+):(.+)", database_roles.verifier("dsn", "secret"))
    assert found
    salt, stored, server = (base64.b64decode(part) for part in found.groups())
    salted = hashlib.pbkdf2_hmac("sha256", b"secret", salt, 4096)
    assert stored == hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    assert server == hmac.digest(salted, b"Server Key", "sha256")


def test_a_service_may_publish_what_it_produces_and_read_its_own_queue() -> None:
    file = broker_accounts.definitions(REGISTRY, dict.fromkeys([*SERVICES, broker_accounts.ADMINISTRATOR], "x"))
    topics = {one["user"]: one["write"] for one in file["topic_permissions"]}
    rights = {one["user"]: one for one in file["permissions"]}
    names = ["amq.default", "amq.topic", *(one["name"] for kind in ("exchanges", "queues") for one in file[kind])]
    for service in SERVICES:
        for card in REGISTRY.cards.values():
            assert bool(re.search(topics[service], card.type)) is (card.producer == service)
        for name in names:
            assert bool(re.search(rights[service]["read"], name)) is (name.split(".")[0] == service)
        assert {name for name in names if re.search(rights[service]["write"], name)} == {"espace", "espace.bulk"}
        assert not any(re.search(rights[service]["configure"], name) for name in names)
    each = ("", ".bulk", ".dead")
    assert {one["name"] for one in file["queues"]} == {f"{s}{queue}" for s in SERVICES for queue in each}
    for lane in ("", ".bulk"):
        bound = bindings(file, f"espace{lane}")
        assert bound == {(f"{name}{lane}", card.type) for card in REGISTRY.cards.values() for name in card.consumers}


def bindings(file: Any, exchange: str) -> set[tuple[str, str]]:
    """What is bound to `exchange`: (queue, key)."""
    return {(one["destination"], one["routing_key"]) for one in file["bindings"] if one["source"] == exchange}


def test_a_lane_that_the_version_before_does_not_read_is_opened_when_it_is_gone(tmp_path: Path) -> None:
    """Until then what is bulk goes the way that both know; later additions to a lane that is open are in it at once."""
    file = made(tmp_path / "s").path / "rabbitmq_definitions.json"
    whole = json.loads(file.read_text())
    bulk = bindings(whole, "espace.bulk")
    without = {**whole, "exchanges": [one for one in whole["exchanges"] if one["name"] != "espace.bulk"]}
    without["bindings"] = [one for one in whole["bindings"] if one["source"] != "espace.bulk"]
    file.chmod(0o600)
    file.write_text(json.dumps(without))
    for _ in range(2):  # twice changes nothing
        assert made(tmp_path / "s").open_for_both
        now = json.loads(file.read_text())
        (lane,) = (one for one in now["exchanges"] if one["name"] == "espace.bulk")
        assert lane["arguments"] == {"alternate-exchange": "espace"} and not bindings(now, "espace.bulk")
        assert bindings(now, "espace") == bindings(whole, "espace")
    assert main(["--into", str(tmp_path / "s"), "--close-accounts"]) == 0
    assert bindings(json.loads(file.read_text()), "espace.bulk") == bulk
    fewer = [one for one in whole["bindings"] if one["destination"] != "dsn.bulk"]
    file.chmod(0o600)
    file.write_text(json.dumps({**whole, "bindings": fewer}))
    made(tmp_path / "s")
    assert bindings(json.loads(file.read_text()), "espace.bulk") == bulk


def accounts(folder: Path) -> dict[str, dict[str, str]]:
    """What each account may do on the broker."""
    told = json.loads((folder / "rabbitmq_definitions.json").read_text())
    rights = {one["user"]: {right: one[right] for right in broker_upgrade.RIGHTS} for one in told["permissions"]}
    topics = {f"{one['user']} on {one['exchange']}": {"write": one["write"]} for one in told["topic_permissions"]}
    return {**rights, **topics}


def names_of(expression: str) -> set[str]:
    """The names that an expression of ours matches."""
    return set(filter(None, expression.removeprefix("^").removesuffix("$").strip("()").split("|")))


def of_the_version_before(folder: Path) -> None:
    """Make the definitions those of a version whose dsn declared its queue and knew another exchange."""
    file = folder / "rabbitmq_definitions.json"
    told = json.loads(file.read_text())
    dsn = next(one for one in told["permissions"] if one["user"] == "dsn")
    dsn |= {"configure": "^(dsn|former)$", "write": "^(former)$", "read": "^(dsn)$"}
    told["topic_permissions"].append({**told["topic_permissions"][0], "user": "dsn", "exchange": "former"})
    told["users"].append({**told["users"][0], "name": "gone"})
    told["permissions"].append({**dsn, "user": "gone"})
    file.chmod(0o600)
    file.write_text(json.dumps(told))


@covers("make secrets ACCOUNTS=close")
def test_the_brokers_accounts_serve_the_version_before_until_they_are_closed(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    exact = accounts(made(folder).path)
    of_the_version_before(folder)
    former = {"configure": {"dsn", "former"}, "write": {"former"}, "read": {"dsn"}}
    for _ in range(2):  # twice changes nothing
        assert made(folder).open_for_both
        both = accounts(folder)
        for right in broker_upgrade.RIGHTS:
            assert names_of(both["dsn"][right]) == names_of(exact["dsn"][right]) | former[right]
        assert "dsn on former" in both and "gone" not in both and both["identity"] == exact["identity"]
    assert main(["--into", str(folder), "--close-accounts"]) == 0
    assert accounts(folder) == exact and not made(folder).open_for_both


def test_who_upgrades_is_told_that_accounts_are_to_be_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--into", str(tmp_path / "s")])
    assert OPEN not in capsys.readouterr().out
    of_the_version_before(tmp_path / "s")
    main(["--into", str(tmp_path / "s")])
    assert OPEN in capsys.readouterr().out


def test_definitions_that_were_changed_by_hand_are_not_guessed(tmp_path: Path) -> None:
    file = made(tmp_path / "s").path / "rabbitmq_definitions.json"
    told = json.loads(file.read_text())
    told["permissions"][1]["read"] = "^dsn"
    file.chmod(0o600)
    file.write_text(json.dumps(told))
    with pytest.raises(SystemExit):
        main(["--into", str(tmp_path / "s")])
