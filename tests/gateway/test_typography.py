"""French spaces are unbreakable: no line of a page begins with « : » or ends with « « »."""

from typing import Any

import pytest
from flask import Flask


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Mot de passe oublié ?", "Mot de passe oublié\u00a0?"),
        ("choisit « Fermer ».", "choisit «\u00a0Fermer\u00a0»."),
        ("<b>Note :</b> oui ; non", "<b>Note\u00a0:</b> oui\u00a0; non"),
        ("<ul>\n    <li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("{% if 1 != 2 %}DSN Août 2022: ok{% endif %}", "DSN Août 2022: ok"),
    ],
)
def test_the_spaces_of_a_template(built: tuple[Flask, Any], written: str, shown: str) -> None:
    assert built[0].jinja_env.from_string(written).render() == shown
