from __future__ import annotations

from http import HTTPStatus

import pytest

from schema.server.conditional import conditional_status, entity_tag

TAG = b'"a"'


def test_entity_tag_is_of_the_content() -> None:
    assert entity_tag(b"x") == entity_tag(b"x") != entity_tag(b"y")
    assert len(entity_tag(b"x")) == 34


@pytest.mark.parametrize("value", [TAG, b'W/"a"', b'"b", "a"', b'W/"b" , W/"a"', b"*", b' "a" '])
def test_current_copy_is_304(value: bytes) -> None:
    assert conditional_status({b"if-none-match": value}, TAG) == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize("value", [b'"b"', b"a", b"", b'"b", W/"c"', b'"a' + b" " * 5000 + b'", "a"'])
def test_other_copy_is_200(value: bytes) -> None:
    assert conditional_status({b"if-none-match": value}, TAG) == HTTPStatus.OK


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (b'"a"', HTTPStatus.OK),
        (b"*", HTTPStatus.OK),
        (b'"b"', HTTPStatus.PRECONDITION_FAILED),
        (b'W/"a"', HTTPStatus.PRECONDITION_FAILED),
        (b"nonsense", HTTPStatus.OK),
    ],
)
def test_if_match_compares_strongly(value: bytes, status: HTTPStatus) -> None:
    assert conditional_status({b"if-match": value}, TAG) == status
