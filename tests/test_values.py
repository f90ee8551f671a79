"""The vocabulary types: what they accept, what they refuse and what they look like."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch.values import (
    Cli,
    CliMode,
    Dtmf,
    HangupCause,
    Indications,
    Locale,
    PhoneNumber,
    Region,
    dtmf_sequence,
    mask_number,
)

VALUES = [
    PhoneNumber("+46700000000"),
    Cli.parse("Bjorn <4612341234>"),
    Cli.parse(None),
    Dtmf.STAR,
    Locale.EN_GB_WLS,
    Locale("Joanna"),
    Region.USE1,
    Region.GLOBAL,
    HangupCause.BUSY,
    Indications.US_OLD,
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_survive_pickling_and_work_as_dictionary_keys(value):
    copy = pickle.loads(pickle.dumps(value))

    assert copy == value
    assert type(copy) is type(value)
    assert {value: "found"}[copy] == "found"


class TestPhoneNumber:
    def test_is_a_string(self):
        number = PhoneNumber("+46700000000")

        assert number == "+46700000000"
        assert json.dumps(number) == '"+46700000000"'
        assert repr(number) == "PhoneNumber('+46700000000')"

    def test_surrounding_whitespace_is_dropped(self):
        assert PhoneNumber.parse(" +46700000000\n") == "+46700000000"

    @pytest.mark.parametrize("text", ["+123456", "+1234567890123456"])
    def test_the_shortest_and_the_longest(self, text):
        assert PhoneNumber.parse(text) == text

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("", "it is blank"),
            ("   ", "it is blank"),
            ("46700000000", "the leading '+' is missing"),
            ("0700000000", "the leading '+' is missing"),
            ("+46 70 000 00 00", "characters other than digits"),
            ("+4670-0000000", "characters other than digits"),
            ("++4670000000", "characters other than digits"),
            ("+٤٦٧٠٠٠٠٠٠٠", "characters other than digits"),
            ("+12345", "it has 5 digits"),
            ("+12345678901234567", "it has 17 digits"),
            (46700000000, "got int, not text"),
            (None, "got NoneType, not text"),
        ],
    )
    def test_refusals_name_the_field_and_the_rule(self, text, fault):
        with pytest.raises(ValueError) as caught:
            PhoneNumber.parse(text, field="to")

        message = str(caught.value)
        assert message.startswith("to must be an international phone number")
        assert "6 to 16 digits" in message
        assert fault in message

    def test_refusals_do_not_repeat_the_number(self):
        with pytest.raises(ValueError) as caught:
            PhoneNumber("0701234567")

        assert "0701234567" not in str(caught.value)

    def test_masked(self):
        assert PhoneNumber("+46701234589").masked == "+4670*****89"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("+46701234589", "+4670*****89"),
        ("46701234589", "4670*****89"),
        ("+123456", "+1***56"),
        ("12345", "***"),
        ("Bjorn", "***"),
        ("Bjorn <+46701234589>", "***"),
        ("", ""),
    ],
)
def test_mask_number(text, masked):
    assert mask_number(text) == masked


@given(st.from_regex(r"\+[0-9]{6,16}", fullmatch=True))
def test_masking_always_hides_three_digits_or_more_and_keeps_the_length(number):
    masked = PhoneNumber(number).masked

    assert len(masked) == len(number)
    assert masked.count("*") >= 3


class TestCli:
    @pytest.mark.parametrize(
        ("text", "mode", "numeric", "alphanumeric", "full"),
        [
            ("+46123456789", CliMode.NUMERIC, "+46123456789", "", "+46123456789"),
            ("46123456789", CliMode.NUMERIC, "+46123456789", "", "+46123456789"),
            (" 46123 ", CliMode.NUMERIC, "+46123", "", "+46123"),
            ("<+4612341234>", CliMode.NUMERIC, "+4612341234", "", "+4612341234"),
            ("0701234567", CliMode.NUMERIC, "0701234567", "", "0701234567"),
            ("Bjorn <+461234>", CliMode.FULL, "+461234", "Bjorn", "Bjorn <+461234>"),
            ("Bjorn <461234>", CliMode.FULL, "+461234", "Bjorn", "Bjorn <+461234>"),
            ('"Bjorn B" <461234>', CliMode.FULL, "+461234", "Bjorn B", "Bjorn B <+461234>"),
            ("Private <+461234>", CliMode.FULL, "+461234", "Private", "Private <+461234>"),
            ("Bjorn", CliMode.ALPHANUMERIC, "", "Bjorn", "Bjorn"),
            ("Bjorn <abc>", CliMode.ALPHANUMERIC, "", "Bjorn", "Bjorn"),
            ("Bjorn <>", CliMode.ALPHANUMERIC, "", "Bjorn", "Bjorn"),
            ("<Bjorn>", CliMode.ALPHANUMERIC, "", "Bjorn", "Bjorn"),
            ("incoming", CliMode.ALPHANUMERIC, "", "incoming", "incoming"),
            (None, CliMode.HIDDEN, "", "", ""),
            ("", CliMode.HIDDEN, "", "", ""),
            ("  ", CliMode.HIDDEN, "", "", ""),
            ("<>", CliMode.HIDDEN, "", "", ""),
            ("private", CliMode.HIDDEN, "", "", ""),
            ("Anonymous", CliMode.HIDDEN, "", "", ""),
            ("RESTRICTED", CliMode.HIDDEN, "", "", ""),
            ("withheld", CliMode.HIDDEN, "", "", ""),
            ("<private>", CliMode.HIDDEN, "", "", ""),
            ("private <>", CliMode.HIDDEN, "", "", ""),
        ],
    )
    def test_every_form(self, text, mode, numeric, alphanumeric, full):
        cli = Cli.parse(text)

        assert (cli.mode, cli.numeric, cli.alphanumeric, cli.full) == (
            mode,
            numeric,
            alphanumeric,
            full,
        )
        assert str(cli) == full

    def test_raw_keeps_what_arrived_but_does_not_count_in_comparison(self):
        with_plus, without = Cli.parse("+46123456789"), Cli.parse("46123456789")

        assert without.raw == "46123456789"
        assert with_plus == without
        assert hash(with_plus) == hash(without)

    def test_wire_is_what_to_send(self):
        assert Cli.parse("461234567").wire == "+461234567"
        assert Cli.parse("Bjorn <461234567>").wire == "Bjorn <+461234567>"
        assert Cli.parse("incoming").wire == "incoming"
        assert Cli.parse(None).wire == "private"

    def test_can_be_made_from_its_parts(self):
        assert Cli(numeric="+461234567", alphanumeric="Bjorn") == Cli.parse("Bjorn <+461234567>")

    def test_repr_shows_the_parts(self):
        found = repr(Cli.parse("Bjorn <4612341234>"))

        assert found == "Cli(numeric='+4612341234', alphanumeric='Bjorn')"

    @given(st.none() | st.text())
    def test_never_fails_and_reads_back_what_it_would_send(self, text):
        cli = Cli.parse(text)

        assert Cli.parse(cli.wire) == cli or "<" in cli.full or '"' in cli.full

    def test_a_number_on_the_wire_is_read_too(self):
        assert Cli.parse(46123456789).numeric == "+46123456789"  # type: ignore[arg-type]


class TestDtmf:
    def test_value_is_the_character(self):
        assert "".join(key.value for key in Dtmf) == "0123456789*#"
        assert str(Dtmf.HASH) == "#"

    @pytest.mark.parametrize("value", [1, "1", Dtmf.DIGIT_1])
    def test_reads_digits_and_text(self, value):
        assert Dtmf(value) is Dtmf.DIGIT_1

    @pytest.mark.parametrize("value", [10, -1, "10", "", "w", True, 1.0, None])
    def test_refuses_anything_else(self, value):
        with pytest.raises(ValueError):
            Dtmf(value)

    def test_sequence(self):
        assert dtmf_sequence("1234#w5") == "1234#w5"

    @pytest.mark.parametrize(
        ("text", "message"),
        [("", "empty"), ("12*", r"'\*' at position 3"), ("W", "'W'"), ("1 2", "' '"), ("٣", "'٣'")],
    )
    def test_sequence_refuses(self, text, message):
        with pytest.raises(ValueError, match=message):
            dtmf_sequence(text)


class TestOpenVocabularies:
    def test_constants_are_their_wire_text(self):
        assert Locale.EN_US == "en-US"
        assert Locale.EN_GB_WLS == "en-GB-WLS"
        assert Locale.CMN_CN == "cmn-CN"
        assert Locale.ARB == "arb"
        assert Region.GLOBAL == ""
        assert Region.APSE2 == "apse2"
        assert Indications.NO == "no"
        assert Indications.US_OLD == "us-old"

    @pytest.mark.parametrize("kind", [Locale, Region, Indications])
    def test_every_declared_constant_exists_in_its_own_type(self, kind):
        for name in (name for name in kind.__annotations__ if name.isupper()):
            assert type(getattr(kind, name)) is kind

    @pytest.mark.parametrize("text", ["xx-YY", "en-US/female", "Joanna", "Céline", "gd_GB"])
    def test_any_locale_or_voice(self, text):
        assert Locale(text) == text

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "  ",
            "en US",
            "-en",
            "/female",
            "en/",
            "a;b",
            "en\nUS",
            "ja-",
            "-JP",
            "ja--JP",
            "ja_",
            "x" * 65,
        ],
    )
    def test_locale_refuses(self, text):
        with pytest.raises(ValueError, match="locale"):
            Locale(text)

    @pytest.mark.parametrize(
        "text", ["USE1", "use1.evil.example", "us/e", "a b", None, "-", "eu-", "-eu"]
    )
    def test_region_cannot_change_the_host(self, text):
        with pytest.raises(ValueError, match="region"):
            Region(text)

    @pytest.mark.parametrize("text", ["", "SE", "s e", "us-", "-us", "x" * 33])
    def test_indications_refuses(self, text):
        with pytest.raises(ValueError, match="indications"):
            Indications(text)

    def test_repr(self):
        assert repr(Locale.EN_US) == "Locale('en-US')"
        assert f"{Locale.EN_US}" == "en-US"


def test_hangup_causes_are_the_numbers_on_the_wire():
    assert [int(cause) for cause in HangupCause] == [0, 1, 2]


def test_the_module_loads_neither_models_nor_an_http_library():
    code = (
        "import sys, sinch.values; print(sorted(sys.modules.keys() &"
        " {'sinch_api.codec', 'sinch_api.models', 'requests', 'aiohttp', 'asyncio', 'cattrs'}))"
    )

    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout

    assert output.strip() == "[]"
