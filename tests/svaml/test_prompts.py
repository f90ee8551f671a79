"""Prompts: the syntax of Sinch, and the typed helpers."""

from enum import Enum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinch.errors import SvamlError
from sinch.svaml import Prompt, file, href, ssml, tts
from sinch.svaml.prompts import as_prompt, parse


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("welcome.wav", ["welcome.wav"]),
        ("a;b; c ", ["a", "b", "c"]),
        ("#tts[Hello]", ["#tts[Hello]"]),
        ("#TTS[Hello]", ["#tts[Hello]"]),
        ("#Ssml[<speak>Hi [</speak>]", ["#ssml[<speak>Hi [</speak>]"]),
        ("#ssml[<speak>a &amp; b</speak>];x", ["#ssml[<speak>a &amp; b</speak>]", "x"]),
        ("#HREF[https://a.example/b.mp3]", ["#href[https://a.example/b.mp3]"]),
        ("https://a.example/b.mp3", ["#href[https://a.example/b.mp3]"]),
        ("HTTP://a.example/b.mp3;#tts[x]", ["#href[HTTP://a.example/b.mp3]", "#tts[x]"]),
        ("#tts[one];two.wav;#tts[three]", ["#tts[one]", "two.wav", "#tts[three]"]),
    ],
)
def test_prompt_syntax_in_any_letter_case(text, items):
    assert list(parse(text).items) == items


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "empty"),
        ("a;;b", "empty"),
        ("a;", "empty"),
        ("Welcome to us", r"to have it spoken write tts\(\.\.\.\)"),
        ("#tts[a;b]", "cannot contain ';'"),
        ("#tts[a]b]", "goes on after ']'"),
        ("#tts[open", "no closing"),
        ("#tts[]", "no text"),
        ("#say[hello]", "marker"),
        ("tts#[hello]", "neither a file name nor"),
        ("#ssml[hello]", "<speak>"),
        ("#href[ftp://x]", "http://"),
        ("https://", "http://"),
        ("https://a b", "blanks"),
        ("#tts[a] b", "goes on"),
    ],
)
def test_what_is_not_a_prompt_is_refused_with_a_hint(text, hint):
    with pytest.raises(SvamlError, match=hint):
        parse(text)


def test_typed_helpers():
    prompt = file("intro.wav") + tts("Hello") + href("https://a.example/b.mp3")
    assert str(prompt) == "intro.wav;#tts[Hello];#href[https://a.example/b.mp3]"
    assert parse(str(prompt)) == prompt
    assert (prompt.spoken, prompt.longest) == (5, 5)
    assert as_prompt(["intro.wav", tts("Hello"), "https://a.example/b.mp3"]) == prompt
    assert tts("a") + "b" == as_prompt("#tts[a];b")
    assert ssml(" <speak>x</speak> ").items == ("#ssml[<speak>x</speak>]",)
    assert isinstance(prompt, Prompt)


@pytest.mark.parametrize(
    "make",
    [
        lambda: tts(""),
        lambda: tts("a]"),
        lambda: tts("a;b"),
        lambda: tts("say #tts[this"),
        lambda: ssml("<speak>]</speak>"),
        lambda: ssml("<speak>x"),
        lambda: ssml("x</speak>"),
        lambda: ssml(None),  # type: ignore[arg-type]
        lambda: file(""),
        lambda: file("two words"),
        lambda: file("a;b"),
        lambda: href("file.wav"),
        lambda: href("https://a/b;c"),
        lambda: as_prompt([]),
        lambda: as_prompt(3),  # type: ignore[arg-type]
    ],
)
def test_typed_helpers_refuse_what_would_be_damaged(make):
    with pytest.raises(SvamlError):
        make()


words = st.text(min_size=1).filter(
    lambda text: text.strip() and not set("];") & set(text) and "#tts[" not in text.casefold()
)
names = st.text(st.sampled_from("abcXYZ09._-/åλ"), min_size=1, max_size=40)


@given(st.lists(st.one_of(words.map(tts), names.map(file)), min_size=1, max_size=6))
def test_what_the_helpers_write_the_parser_reads(prompts):
    prompt = as_prompt(prompts)
    assert parse(str(prompt)) == prompt


@given(st.text(max_size=60))
def test_any_text_is_a_prompt_or_refused(text):
    try:
        prompt = parse(text)
    except SvamlError:
        return
    assert parse(str(prompt)) == prompt


def test_members_of_enumerations_are_their_text_whichever_was_spoken_first() -> None:
    class Written(StrEnum):
        HELLO = "hello"

    class Mixed(str, Enum):  # noqa: UP042
        HELLO = "hello"

    assert tts(Mixed.HELLO).items == tts(Written.HELLO).items == ("#tts[hello]",)
