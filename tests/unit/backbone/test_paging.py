"""Pages and versions over HTTP (C11, AA52)."""

import pytest
from flask import Flask
from marshmallow import Schema, ValidationError, fields

from backbone.errors import Malformed, VersionRequired
from backbone.web.paging import etag, page_args, page_of, page_schema, require_version

APP = Flask(__name__)


def version_in(header: str | None) -> int:
    headers = {} if header is None else {"If-Match": header}
    with APP.test_request_context(headers=headers):
        return require_version()


def test_a_page_has_its_defaults_and_its_own_filters() -> None:
    args = page_args(default=5, nom=fields.Str())()
    assert args.load({"nom": "x", "unknown": "ignored"}) == {"page": 1, "page_size": 5, "nom": "x"}


@pytest.mark.parametrize("wrong", [{"page": 0}, {"page_size": 0}, {"page_size": 101}, {"page": "x"}, {"page": 10**9}])
def test_c11_a_page_out_of_bounds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        page_args()().load(wrong)


@pytest.mark.parametrize("typed", ["²", "٣", "1_0", "+1", " 1", "1 ", "1.0", "", "9" * 5000])
def test_a_number_is_read_in_plain_digits_only(typed: str) -> None:
    with pytest.raises(ValidationError, match="Saisissez un nombre entier."):
        page_args()().load({"page": typed})


def test_a_page_is_dumped_with_its_total() -> None:
    schema = page_schema(Schema.from_dict({"id": fields.Int()}, name="Thing"))
    assert schema().dump(page_of([{"id": 1}], 7, 2, 1)) == {"items": [{"id": 1}], "page": 2, "page_size": 1, "total": 7}


@pytest.mark.parametrize("header", ['"7"', 'W/"7"', ' "7" '])
def test_the_version_of_an_etag_comes_back_in_if_match(header: str) -> None:
    assert version_in(header) == 7
    assert etag(7) == {"ETag": '"7"'}


def test_a_change_without_a_version_is_refused() -> None:
    with pytest.raises(VersionRequired):
        version_in(None)


@pytest.mark.parametrize("header", ["*", "7", '"x"', '"-1"', '"7", "8"', '"9999999999"', ""])
def test_a_version_we_never_gave_is_refused(header: str) -> None:
    with pytest.raises(Malformed):
        version_in(header)
