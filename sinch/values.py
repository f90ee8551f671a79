"""Vocabulary types: the small values that every other layer speaks in.

It loads fast. Bad input raises a plain :class:`ValueError` that states the rule and never repeats
a phone number; higher layers turn it into their own error.
"""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from typing import ClassVar, Final, Self

from sinch_api.caller_id import Cli as Cli
from sinch_api.caller_id import CliMode as CliMode

_DIGITS: Final = re.compile(r"(\+?)([0-9]+)")
_PHONE_NUMBER: Final = re.compile(r"\+[0-9]{6,16}")


def mask_number(text: str) -> str:
    """Hide most of a phone number: ``+46701234589`` becomes ``+4670*****89``.

    From ten digits on, four leading and two trailing digits stay readable; from six to nine
    digits one and two. Anything shorter, and anything that is not a number (a name, an address),
    becomes ``***`` as a whole. Empty text stays empty.
    """
    if not text:
        return ""
    match = _DIGITS.fullmatch(text)
    if match is None:
        return "***"
    plus, digits = match.groups()
    if len(digits) < 6:
        return "***"
    head = 4 if len(digits) >= 10 else 1
    return f"{plus}{digits[:head]}{'*' * (len(digits) - head - 2)}{digits[-2:]}"


def phone_number(value: str, field: str = "number") -> str:
    """Check an international number as :class:`PhoneNumber` does, and return it as plain text.

    .. code-block:: python

        assert phone_number(" +46700000000 ") == "+46700000000"
    """
    text = value.strip() if isinstance(value, str) else ""
    if _PHONE_NUMBER.fullmatch(text) is None:
        raise ValueError(
            f"{field} must be an international phone number: '+' and then 6 to 16 digits, "
            f"nothing else ({_number_fault(value, text)})"
        )
    return text


class PhoneNumber(str):
    """An international phone number, for example ``PhoneNumber("+46700000000")``.

    A ``str`` that can only hold ``+`` followed by 6 to 16 digits: 7 to 17 characters in all
    (docs/platform/limits.md). Surrounding whitespace is dropped; separators inside are refused rather than
    guessed at. Raises :class:`ValueError`.
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check ``value`` as :meth:`parse` does."""
        return cls.parse(value)

    @classmethod
    def parse(cls, value: str, field: str = "number") -> Self:
        """Check ``value`` and return it as a number; ``field`` names it in the error."""
        return super().__new__(cls, phone_number(value, field))

    @property
    def masked(self) -> str:
        """The number with its middle hidden, for logs: ``+4670*****89``."""
        return mask_number(self)

    def __repr__(self) -> str:
        return f"PhoneNumber({str(self)!r})"


def _number_fault(value: object, text: str) -> str:
    """Say what is wrong without repeating any digit of the number."""
    if not isinstance(value, str):
        return f"got {type(value).__name__}, not text"
    if not text:
        return "it is blank"
    if not text.startswith("+"):
        return "the leading '+' is missing"
    if not re.fullmatch(r"[0-9]*", text[1:]):
        return "it has characters other than digits after the '+'"
    return f"it has {len(text) - 1} digits"


class Dtmf(StrEnum):
    """A key of the telephone keypad; ``value`` is its character. ``Dtmf(1)`` works as well."""

    DIGIT_0 = "0"
    DIGIT_1 = "1"
    DIGIT_2 = "2"
    DIGIT_3 = "3"
    DIGIT_4 = "4"
    DIGIT_5 = "5"
    DIGIT_6 = "6"
    DIGIT_7 = "7"
    DIGIT_8 = "8"
    DIGIT_9 = "9"
    STAR = "*"
    HASH = "#"

    @classmethod
    def _missing_(cls, value: object) -> Dtmf | None:
        # some documents and SDKs write menu keys as numbers (docs/platform/contradictions.md)
        if type(value) is int and 0 <= value <= 9:
            return cls(str(value))
        return None


def dtmf_sequence(text: str) -> str:
    """Check a string of tones to send: ``0-9``, ``#`` and ``w`` for a pause of 500 ms.

    ``*`` can be a menu key but is not documented for sending (docs/platform/values.md#dtmf). Returns the text;
    raises :class:`ValueError` when it is empty or holds anything else.
    """
    if not text or not isinstance(text, str):
        kind = "empty" if isinstance(text, str) else type(text).__name__
        raise ValueError(f"a DTMF sequence must be text, not {kind}")
    for position, character in enumerate(text, start=1):
        if character not in "0123456789#w":
            raise ValueError(
                "a DTMF sequence may hold only 0-9, '#' and 'w' (pause of 500 ms), "
                f"not {character!r} at position {position}"
            )
    return text


class HangupCause(IntEnum):
    """What the caller's network is told when a call is refused; ``HangupCause("busy")`` works too."""

    NORMAL = 0
    BUSY = 1
    CONGESTION = 2

    @classmethod
    def _missing_(cls, value: object) -> HangupCause | None:
        return cls.__members__.get(value.upper()) if isinstance(value, str) else None


class _OpenText(str):
    """Text with well-known constants that still admits values newer than this library."""

    __slots__ = ()
    _pattern: ClassVar[re.Pattern[str]]
    _what: ClassVar[str]
    _rule: ClassVar[str]

    def __new__(cls, value: str) -> Self:
        text = value.strip() if isinstance(value, str) else None
        if text is None or cls._pattern.fullmatch(text) is None:
            raise ValueError(f"{value!r:.80} is not {cls._what}: {cls._rule}")
        return super().__new__(cls, text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class Region(_OpenText):
    """Where calls are handled; part of the calling host name (docs/platform/hosts.md).

    ``GLOBAL`` lets Sinch route to the closest region. Other codes of ``a-z``, ``0-9`` and ``-``
    are allowed.
    """

    __slots__ = ()
    _pattern = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")
    _what = "a region"
    _rule = "use lower-case letters, digits and '-', or nothing for the global region"

    GLOBAL: ClassVar[Region]
    USE1: ClassVar[Region]
    EUC1: ClassVar[Region]
    SAE1: ClassVar[Region]
    APSE1: ClassVar[Region]
    APSE2: ClassVar[Region]


class Locale(_OpenText):
    """A language to speak or to listen for, such as ``Locale.EN_US`` (docs/platform/values.md#locales).

    Any other tag works as ``Locale("xx-YY")``. Text-to-speech also takes ``Locale("en-US/female")``
    and the name of a voice, ``Locale("Joanna")``. Which of them exist is for Sinch to say.
    """

    __slots__ = ()
    _pattern = re.compile(r"(?=.{1,64}(?:/|$))[^\W_]+(?:[-_][^\W_]+)*(?:/[A-Za-z]{1,16})?")
    _what = "a locale"
    _rule = "use a tag like 'en-US', 'en-US/female' or the name of a voice"

    ARB: ClassVar[Locale]
    AZ_AZ: ClassVar[Locale]
    CA_ES: ClassVar[Locale]
    CMN_CN: ClassVar[Locale]
    CS_CZ: ClassVar[Locale]
    CY_GB: ClassVar[Locale]
    DA_DK: ClassVar[Locale]
    DE_AT: ClassVar[Locale]
    DE_DE: ClassVar[Locale]
    EL_GR: ClassVar[Locale]
    EN_AU: ClassVar[Locale]
    EN_GB: ClassVar[Locale]
    EN_GB_WLS: ClassVar[Locale]
    EN_IN: ClassVar[Locale]
    EN_NZ: ClassVar[Locale]
    EN_US: ClassVar[Locale]
    EN_ZA: ClassVar[Locale]
    ES_ES: ClassVar[Locale]
    ES_MX: ClassVar[Locale]
    ES_US: ClassVar[Locale]
    ET_EE: ClassVar[Locale]
    FI_FI: ClassVar[Locale]
    FIL_PH: ClassVar[Locale]
    FR_CA: ClassVar[Locale]
    FR_FR: ClassVar[Locale]
    HI_IN: ClassVar[Locale]
    HR_HR: ClassVar[Locale]
    HU_HU: ClassVar[Locale]
    ID_ID: ClassVar[Locale]
    IS_IS: ClassVar[Locale]
    IT_IT: ClassVar[Locale]
    JA_JP: ClassVar[Locale]
    KA_GE: ClassVar[Locale]
    KO_KR: ClassVar[Locale]
    LT_LT: ClassVar[Locale]
    LV_LV: ClassVar[Locale]
    MS_MY: ClassVar[Locale]
    MT_MT: ClassVar[Locale]
    NB_NO: ClassVar[Locale]
    NL_NL: ClassVar[Locale]
    PL_PL: ClassVar[Locale]
    PT_BR: ClassVar[Locale]
    PT_PT: ClassVar[Locale]
    RO_RO: ClassVar[Locale]
    RU_RU: ClassVar[Locale]
    SK_SK: ClassVar[Locale]
    SL_SI: ClassVar[Locale]
    SV_SE: ClassVar[Locale]
    TH_TH: ClassVar[Locale]
    TR_TR: ClassVar[Locale]
    UK_UA: ClassVar[Locale]
    UZ_UZ: ClassVar[Locale]
    VI_VN: ClassVar[Locale]
    ZH_HK: ClassVar[Locale]
    # heard by transcription, not spoken
    AF_ZA: ClassVar[Locale]
    AR_AE: ClassVar[Locale]
    AR_SA: ClassVar[Locale]
    DE_CH: ClassVar[Locale]
    EN_AB: ClassVar[Locale]
    EN_IE: ClassVar[Locale]
    EN_WL: ClassVar[Locale]
    FA_IR: ClassVar[Locale]
    GA_IE: ClassVar[Locale]
    HE_IL: ClassVar[Locale]
    TA_IN: ClassVar[Locale]
    TE_IN: ClassVar[Locale]
    ZH_CN: ClassVar[Locale]
    ZH_TW: ClassVar[Locale]


class Indications(_OpenText):
    """The country whose ringing tones a caller hears, such as ``Indications.SE`` (docs/platform/values.md#indications).

    Other codes are allowed: Sinch's own lists differ from each other.
    """

    __slots__ = ()
    _pattern = re.compile(r"(?=.{1,32}$)[a-z0-9]+(?:-[a-z0-9]+)*")
    _what = "a country for indications"
    _rule = "use a lower-case code like 'se' or 'us-old'"

    AT: ClassVar[Indications]
    AU: ClassVar[Indications]
    BE: ClassVar[Indications]
    BG: ClassVar[Indications]
    BR: ClassVar[Indications]
    CH: ClassVar[Indications]
    CL: ClassVar[Indications]
    CN: ClassVar[Indications]
    CZ: ClassVar[Indications]
    DE: ClassVar[Indications]
    DK: ClassVar[Indications]
    EE: ClassVar[Indications]
    ES: ClassVar[Indications]
    FI: ClassVar[Indications]
    FR: ClassVar[Indications]
    GR: ClassVar[Indications]
    HU: ClassVar[Indications]
    IL: ClassVar[Indications]
    IN: ClassVar[Indications]
    IT: ClassVar[Indications]
    JP: ClassVar[Indications]
    LT: ClassVar[Indications]
    ML: ClassVar[Indications]
    MX: ClassVar[Indications]
    MY: ClassVar[Indications]
    NL: ClassVar[Indications]
    NO: ClassVar[Indications]
    NZ: ClassVar[Indications]
    PH: ClassVar[Indications]
    PL: ClassVar[Indications]
    PT: ClassVar[Indications]
    RU: ClassVar[Indications]
    SE: ClassVar[Indications]
    SG: ClassVar[Indications]
    TH: ClassVar[Indications]
    TW: ClassVar[Indications]
    UK: ClassVar[Indications]
    US: ClassVar[Indications]
    US_OLD: ClassVar[Indications]
    VE: ClassVar[Indications]
    ZA: ClassVar[Indications]


def _fill(kind: type[Locale | Indications], *, upper_country: bool) -> None:
    """Create each declared constant from its name, so that no value is written twice."""
    for name in kind.__annotations__:
        first, *rest = name.lower().split("_")
        parts = [part.upper() for part in rest] if upper_country else rest
        setattr(kind, name, kind("-".join((first, *parts))))


Region.GLOBAL = Region("")
Region.USE1, Region.EUC1, Region.SAE1 = Region("use1"), Region("euc1"), Region("sae1")
Region.APSE1, Region.APSE2 = Region("apse1"), Region("apse2")
_fill(Locale, upper_country=True)
_fill(Indications, upper_country=False)
