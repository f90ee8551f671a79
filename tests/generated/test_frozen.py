"""Mappings that operations share cannot be changed by one of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from sinch_api import operations
from sinch_api.frozen import Frozen


@pytest.mark.parametrize(
    "change",
    [
        lambda shared: shared.__setitem__("a", 2),
        lambda shared: shared.__delitem__("a"),
        lambda shared: shared.update(a=2),
        lambda shared: shared.pop("a"),
        lambda shared: shared.popitem(),
        lambda shared: shared.setdefault("b", 2),
        lambda shared: shared.clear(),
        lambda shared: shared.__ior__({"a": 2}),
    ],
)
def test_any_change_is_refused(change: Callable[[Any], object]) -> None:
    shared = Frozen({"a": 1})
    with pytest.raises(TypeError, match="shared"):
        change(shared)
    assert shared == {"a": 1}


def test_an_operation_travels_with_what_it_shares() -> None:
    operation = operations.get_sms_status("1")
    again = pickle.loads(pickle.dumps(operation))
    assert (again.method, again.path, [*again.errors]) == ("GET", operation.path, ["default"])
    with pytest.raises(TypeError, match="shared"):
        again.errors["default"] = None
