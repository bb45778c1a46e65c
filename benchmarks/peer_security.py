"""The same login by Flask-Security-Too: an account with a password, its last logins noted, a token in the answer."""

from typing import Any

from flask import Flask
from flask_security import Security, SQLAlchemySessionUserDatastore
from flask_security.models import sqla as models
from flask_security.utils import hash_password
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, scoped_session, sessionmaker


class Base(DeclarativeBase):
    """Its tables."""


models.FsModels.set_db_info(base_model=Base)


class Role(Base, models.FsRoleMixin):
    """What it asks for; nobody has one."""

    __tablename__ = "role"


class User(Base, models.FsUserMixin):
    """An account."""

    __tablename__ = "user"


def make(url: str, people: list[str], password: str, *, memory_kib: int, passes: int) -> tuple[Flask, Any]:
    """The application on the empty database at `url`, where `people` have this password; and its Argon2."""
    app = Flask("peer")
    lane = {"argon2__memory_cost": memory_kib, "argon2__time_cost": passes, "argon2__parallelism": 1}
    app.config.update(
        SECRET_KEY="a-secret-of-the-benchmark-and-of-nothing-else",
        SECURITY_PASSWORD_SALT="146585145368132386173505678016728509634",
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=lane,
        SECURITY_TRACKABLE=True,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        WTF_CSRF_ENABLED=False,
    )
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    session = scoped_session(sessionmaker(engine, expire_on_commit=False))
    app.teardown_appcontext(lambda _error: session.remove())
    security = Security(app, SQLAlchemySessionUserDatastore(session, User, Role))
    with app.app_context():
        for email in people:
            security.datastore.create_user(email=email, password=hash_password(password))
        session.commit()
    return app, security
