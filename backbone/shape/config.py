"""Settings: a frozen dataclass per service, read from ESPACE_* variables or, for secrets, from files (ESPACE_*_FILE).

Everything wrong is said at once, in one sentence, before anything starts. An unknown ESPACE_* variable is an error:
a misspelt setting must not pass for a default.
"""

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Self, get_type_hints

from environs import EnvError, FileAwareEnv

PREFIX = "ESPACE_"


class SettingsError(Exception):
    """The settings cannot be used; the message is one sentence for the operator."""


def setting(doc: str, *, default: Any = MISSING, secret: bool = False) -> Any:
    """A setting, with the sentence that documents it; no default means it must be given."""
    return field(default=default, metadata={"doc": doc, "secret": secret}, kw_only=True, repr=not secret)


@dataclass(frozen=True, kw_only=True)
class BaseSettings:
    """What every service can be told."""

    database_url: str = setting("SQLAlchemy URL of the service's own database.", secret=True)
    broker_url: str = setting("amqp:// URL of RabbitMQ, or embedded: for the bus inside one process.", secret=True)
    jwks_url: str = setting("Where identity publishes its public keys.", default="")
    owners: str = setting(
        "Where the owners of what is projected here answer, as name=http://host:port,name=http://host:port.", default=""
    )
    authority_seconds: float = setting("Seconds between two signs of life of an owner.", default=10.0)
    authority_max_age: float = setting(
        "Age in seconds up to which a projection decides; then its owner is asked.", default=45.0
    )
    public_url: str = setting("Address of the pages as people see it, without a final slash.", default="")
    log_level: str = setting("Lowest level that is logged.", default="INFO")
    management_port: int = setting("Port of /livez, /readyz and /metrics.", default=9000)
    database_pool: int = setting("Connections one process may hold to its database.", default=10)
    database_seconds: float = setting(
        "Seconds a statement may take; the database ends it then, and a tenth later its line is given up.", default=30.0
    )
    trusted_proxies: int = setting("How many proxies in front may set X-Forwarded-For.", default=1)
    inbox_attempts: int = setting("Tries of a listener before its event is parked (FA14).", default=5)
    inbox_retry_base: float = setting("Seconds before a second try; doubles, at most 15 minutes.", default=1.0)
    inbox_days: int = setting("Days an applied event is remembered, to recognise a repeat.", default=30)
    drain_seconds: float = setting("Seconds a process has to finish after SIGTERM (FA23).", default=20.0)

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings of `environ` (the process's own by default). SettingsError says all that is wrong."""
        source = dict(os.environ if environ is None else environ)
        known = {PREFIX + item.name.upper(): item for item in fields(cls)}
        ours = (name for name in source if name.startswith(PREFIX))
        unknown = sorted(name for name in ours if name not in known and name.removesuffix("_FILE") not in known)
        problems = [f"{name} is not a setting" for name in unknown]
        values: dict[str, Any] = {}
        reader = FileAwareEnv(prefix=PREFIX)
        types = get_type_hints(cls)
        with _environment(source):
            for name, item in known.items():
                if name not in source and f"{name}_FILE" not in source:
                    if item.default is MISSING:
                        problems.append(f"{name} is missing")
                    continue
                try:
                    values[item.name] = _READERS[types[item.name]](reader, item.name.upper())
                except (EnvError, ValueError, OSError) as error:
                    problems.append(f"{name} cannot be read ({_brief(error)})")
        if problems:
            raise SettingsError(f"Settings of {cls.__module__.split('.')[-2]}: {'; '.join(problems)}.")
        return cls(**values)

    @classmethod
    def of(cls, **values: Any) -> Self:
        """Settings given in code, for tests and the embedded system."""
        return cls(**values)

    def effective(self) -> dict[str, Any]:
        """Every setting and its value, secrets masked: what `config` prints."""
        return {item.name: "***" if item.metadata.get("secret") else getattr(self, item.name) for item in fields(self)}


def _brief(error: Exception) -> str:
    return type(error).__name__ if isinstance(error, OSError) else str(error).split("\n")[0][:120].rstrip(".")


class _environment:
    """environs reads os.environ: put `source` there for the time of the reading."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source

    def __enter__(self) -> None:
        self._saved = dict(os.environ)
        os.environ.clear()
        os.environ.update(self._source)

    def __exit__(self, *_: object) -> None:
        os.environ.clear()
        os.environ.update(self._saved)


_READERS: dict[Any, Any] = {
    str: lambda env, name: env.str(name).rstrip("\r\n"),  # an editor, or echo, ends a secret's file with a newline
    int: lambda env, name: env.int(name),
    float: lambda env, name: env.float(name),
    bool: lambda env, name: env.bool(name),
}
