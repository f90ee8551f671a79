"""How many messages a text becomes, at every bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch import SinchClient
from sinch.errors import InvalidArgumentError
from sinch.segments import Encoding, segments

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = "\f^{}\\[~]|€"


@pytest.mark.parametrize(
    ("text", "count", "encoding", "units", "left"),
    [
        ("", 1, "GSM-7", 0, 160),
        (BASIC, 1, "GSM-7", 127, 33),
        (EXTENSION, 1, "GSM-7", 20, 140),
        ("a" * 160, 1, "GSM-7", 160, 0),
        ("a" * 161, 2, "GSM-7", 161, 145),
        ("a" * 306, 2, "GSM-7", 306, 0),
        ("a" * 307, 3, "GSM-7", 307, 152),
        ("€" * 80, 1, "GSM-7", 160, 0),
        ("€" * 81, 2, "GSM-7", 162, 143),  # 76 fit into 153 septets, since none is cut in two
        ("a" * 152 + "€" + "a" * 152, 3, "GSM-7", 306, 152),
        ("ç" * 70, 1, "UCS-2", 70, 0),  # the alphabet has Ç, but not ç
        ("ç" * 71, 2, "UCS-2", 71, 63),
        ("ç" * 134, 2, "UCS-2", 134, 0),
        ("ç" * 135, 3, "UCS-2", 135, 66),
        ("👋" * 35, 1, "UCS-2", 70, 0),
        ("👋" * 36, 2, "UCS-2", 72, 61),
        ("a" * 66 + "👋" + "a" * 66, 3, "UCS-2", 134, 66),
        ("`", 1, "UCS-2", 1, 69),
        ("\t", 1, "UCS-2", 1, 69),
    ],
)
def test_arithmetic(text: str, count: int, encoding: str, units: int, left: int) -> None:
    found = segments(text)

    assert (found.count, found.encoding, found.units, found.left) == (count, encoding, units, left)


def test_what_makes_it_ucs2_is_named_once() -> None:
    assert segments("naïve naïve ☎").outside == ("ï", "☎")
    assert "naïve" not in repr(segments("naïve")), "a text is private"


@given(st.text(alphabet=BASIC + EXTENSION + "ç👋", max_size=700))
def test_no_part_is_too_long_and_nothing_is_lost(text: str) -> None:
    found = segments(text)

    def size(part: str) -> int:
        if found.encoding is Encoding.GSM:
            return len(part) + sum(c in EXTENSION for c in part)
        return len(part.encode("utf-16-le")) // 2

    assert "".join(found.parts) == text
    assert all(size(part) <= found.room for part in found.parts)
    assert found.left == found.room - size(found.parts[-1])
    # cut no earlier than it must be
    for part, following in zip(found.parts, found.parts[1:], strict=False):
        assert size(part + following[0]) > found.room


@pytest.mark.parametrize(
    ("text", "culprit"), [("Hello", None), ("5 € {", "€"), ("{ — ☎", "—"), ("👋", "👋"), ("", None)]
)
def test_the_character_that_made_it_expensive(text: str, culprit: str | None) -> None:
    assert segments(text).culprit == culprit


@given(st.text(alphabet=BASIC + EXTENSION + "ç👋", max_size=700))
def test_the_arithmetic_of_whole_parts_is_exact_unless_a_pair_would_be_cut(text: str) -> None:
    found = segments(text)
    single, each = (160, 153) if found.encoding is Encoding.GSM else (70, 67)
    least = 1 if found.units <= single else -(-found.units // each)

    assert least <= found.count <= least + found.count // 2
    if found.units == len(text):  # no pairs
        assert found.count == least


@given(st.text(max_size=200), st.characters(exclude_categories=["Cs"]))
def test_a_longer_text_is_never_cheaper(text: str, more: str) -> None:
    assert segments(text + more).count >= segments(text).count


def test_a_client_tells_it_without_sending() -> None:
    sinch = SinchClient(service_plan_id="plan", api_token="token")

    assert sinch.sms.segments("Hello").count == 1
    with pytest.raises(InvalidArgumentError, match=r"^text must be text"):
        sinch.sms.segments(None)  # type: ignore[arg-type]
