"""What a number says by itself: calling code, country, type. Better told by ``phonenumbers``.

Calling codes need no table: all have three digits but those listed here (ITU-T E.164).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from sinch.errors import ConfigurationError

_ONE_DIGIT: Final = frozenset("17")
_TWO_DIGITS: Final = re.compile(r"2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
NO_COUNTRY: Final = "001"
"""What phonenumbers calls the region of numbers that belong to the world."""


@lru_cache(maxsize=1)
def library() -> Any:
    """The package phonenumbers, or None where it is not installed."""
    try:
        return import_module("phonenumbers")
    except ImportError:
        return None


def needed(what: str) -> Any:
    """The package phonenumbers, for what does not work without it."""
    found = library()
    if found is None:
        raise ConfigurationError(
            f"{what} needs the package phonenumbers: pip install 'sinch-server-sdk[guard]'"
        )
    return found


def calling_code(number: str) -> str:
    """The country calling code of an international number, with its plus."""
    if number[1] in _ONE_DIGIT:
        return number[:2]
    return number[:3] if _TWO_DIGITS.match(number, 1) else number[:4]


def line(number: str) -> str:
    """The number without zeros after its calling code, which networks drop: what counts are kept by.

    In the few countries where such a zero belongs to a number, no other number is left without it.
    """
    code = calling_code(number)
    if number[len(code) : len(code) + 1] != "0":
        return number
    return code + number[len(code) :].lstrip("0")


def country(number: str) -> str:
    """The country of a number; without phonenumbers its calling code."""
    phonenumbers = library()
    code = calling_code(number)
    if phonenumbers is None:
        return code
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code), (NO_COUNTRY,))
    if len(regions) == 1:
        return str(regions[0])
    return phonenumbers.region_code_for_number(_parsed(phonenumbers, number)) or NO_COUNTRY


def kind(number: str) -> str:
    """The type of a number in lower case, such as ``premium_rate``; ``unknown`` if it has none."""
    phonenumbers = needed("The type of a number")
    return kinds()[phonenumbers.number_type(_parsed(phonenumbers, number))]


@lru_cache(maxsize=1)
def kinds() -> dict[int, str]:
    """The types of numbers that phonenumbers knows, by its constants."""
    found = needed("A rule about types of numbers").PhoneNumberType
    return {
        value: name.lower()
        for name, value in vars(found).items()
        if isinstance(value, int) and not name.startswith("_")
    }


def regions() -> frozenset[str]:
    """The countries that phonenumbers knows, as two letters."""
    return frozenset(needed("A country as two letters").SUPPORTED_REGIONS)


def _parsed(phonenumbers: Any, number: str) -> Any:
    # it is international and nothing but digits, so there is nothing to parse
    code = calling_code(number)
    national = number[len(code) :]
    zeros = len(national) - len(national.lstrip("0"))
    return phonenumbers.PhoneNumber(
        country_code=int(code[1:]),
        national_number=int(national or "0"),
        italian_leading_zero=zeros > 0 or None,
        number_of_leading_zeros=zeros if zeros > 1 else None,
    )
