"""Menus: what they put on the wire, and every fault they find, all at once."""

import gc
import json
from datetime import timedelta

import pytest

from sinch.errors import SvamlError
from sinch.svaml import Limits, Svaml, file, ssml, tts
from sinch.values import Dtmf, Locale

svaml = Svaml(Locale.EN_US)


def design_menus():
    return (
        svaml.menus()
        .begin_menu(
            "main",
            "#tts[Welcome. Press 1 or 2.]",
            repeat_prompt="#tts[Press 1 or 2.]",
            repeats=3,
            timeout=timedelta(seconds=5),
        )
        .goto(Dtmf.DIGIT_1, "pin", cookies={"c1": "v1"})
        .trigger_pie(Dtmf.DIGIT_2, "support")
        .end_menu()
        .number_input("pin", tts("Enter 12 digits"), max_digits=12)
    )


def run(menus, start="main", **options):
    return json.loads(svaml.ice().run_menu(start, menus, **options).body)["action"]


def faults(menus, start="main"):
    with pytest.raises(SvamlError) as caught:
        svaml.ace().run_menu(start, menus)
    return caught.value.faults


def test_the_design_example():
    assert run(design_menus()) == {
        "name": "runMenu",
        "menus": [
            {
                "id": "main",
                "mainPrompt": "#tts[Welcome. Press 1 or 2.]",
                "repeatPrompt": "#tts[Press 1 or 2.]",
                "repeats": 3,
                "timeoutMills": 5000,
                "options": [
                    {
                        "dtmf": "1",
                        "action": "menu(pin)",
                        "add": [{"key": "c1", "value": "v1"}],
                    },
                    {"dtmf": "2", "action": "return(support)"},
                ],
            },
            {
                "id": "pin",
                "mainPrompt": "#tts[Enter 12 digits]",
                "repeatPrompt": "#tts[Enter 12 digits]",
                "repeats": 3,
                "maxDigits": 12,
            },
        ],
        "mainMenu": "main",
        "locale": "en-US",
    }


def test_the_readme_example_whatever_the_menus_are_called():
    menus = svaml.menus()
    menus.begin_menu("xyc", "#TTS[Welcome]").goto(Dtmf.DIGIT_0, "xyc", cookies={"c1": "v1"}).goto(
        Dtmf.DIGIT_1, "xyz"
    ).trigger_pie(Dtmf.DIGIT_2, "returned").end_menu()
    menus.number_input("xyz", "#TTS[Enter 12 digits]", 12)
    assert run(menus, "xyc")["mainMenu"] == "xyc"


def test_plain_style_and_with_blocks_give_the_same():
    menus = svaml.menus()
    main = menus.begin_menu(
        "main",
        tts("Welcome. Press 1 or 2."),
        repeat_prompt=tts("Press 1 or 2."),
        timeout=timedelta(seconds=5),
    )
    main.goto("1", "pin", cookies={"c1": "v1"})
    main.trigger_pie(2, "support")
    with menus.begin_menu("pin", "#tts[Enter 12 digits]", max_digits=12) as pin:
        assert pin.end_menu() is menus
    assert run(menus) == run(design_menus())


def test_prompts_fall_back_to_each_other():
    menus = svaml.menus().number_input("main", None, 4, repeat_prompt="again.wav")
    menu = run(menus)["menus"][0]
    assert menu["mainPrompt"] == menu["repeatPrompt"] == "again.wav"


def test_prompts_can_be_lists_of_files_speech_and_addresses():
    prompt = file("ding.wav") + tts("Press 1")
    menus = svaml.menus().number_input(
        "main", prompt, 1, repeat_prompt=["a.wav", "https://x/y.mp3"]
    )
    menu = run(menus)["menus"][0]
    assert menu["mainPrompt"] == "ding.wav;#tts[Press 1]"
    assert menu["repeatPrompt"] == "a.wav;#href[https://x/y.mp3]"


def test_options_of_running_a_menu():
    menus = design_menus()
    assert run(menus, barge=False, enable_voice=True, locale="sv-SE") == {
        **run(menus),
        "barge": False,
        "enableVoice": True,
        "locale": "sv-SE",
    }
    files = svaml.menus().number_input("main", "enter.wav", 4)
    assert "locale" not in run(files)
    assert run(files, enable_voice=True)["locale"] == "en-US"


def test_speech_is_in_the_language_of_the_menus():
    swedish = Svaml(Locale.SV_SE).menus().number_input("main", "#tts[Ange din kod]", 4)
    assert run(swedish)["locale"] == "sv-SE"


def test_voice_input():
    menus = svaml.menus()
    menus.begin_menu("main", "hi.wav", max_timeout=timedelta(seconds=40)).goto(
        Dtmf.STAR, "main", spoken="again"
    ).trigger_pie(Dtmf.HASH, "bye", spoken="bye")
    menu = run(menus, enable_voice=True)["menus"][0]
    assert menu["maxTimeoutMills"] == 40000
    assert menu["options"] == [
        {"dtmf": "*", "action": "menu(main)", "input": "again"},
        {"dtmf": "#", "action": "return(bye)", "input": "bye"},
    ]


@pytest.mark.parametrize("event", ["ice", "ace", "pie", "manage_call", "unpark"])
def test_menus_can_run_wherever_sinch_accepts_them(event):
    assert getattr(svaml, event)().run_menu("main", design_menus()).model.action.main_menu == "main"


# --- faults -----------------------------------------------------------------------------------


def test_all_faults_are_reported_at_once():
    menus = svaml.menus()
    menus.begin_menu("main", "Welcome to us", repeats=-1).goto("1", "nowhere").trigger_pie(
        "1", "a(b)"
    ).goto("x", "pin", cookies={"": "v"})
    menus.number_input("pin", None, 0)
    menus.number_input("pin", "enter.wav", 4)
    menus.begin_menu("x" * 65, "hi.wav", timeout=timedelta(seconds=31)).trigger_pie("1", "ok")
    menus.begin_menu("island", "hi.wav")
    with pytest.raises(SvamlError, match=r"^\d+ faults in the menus: ") as caught:
        menus.check()
    found = "\n".join(caught.value.faults)
    for fault in (
        "menu 'main': 'Welcome to us' would be the name of a prompt file",
        "menu 'main': repeats must be a whole number of at least 0",
        "menu 'main' goes to 'nowhere', which is not defined",
        "menu 'main': option 1: a result is text without parentheses",
        "menu 'main': key 1 has two options",
        "menu 'main': 'x' is not a key",
        "menu 'main': option x: the name of a cookie must not be blank",
        "menu 'pin': has no prompt",
        "menu 'pin': max_digits must be a whole number of at least 1",
        "menu 'pin': is defined twice",
        "the id has 65 characters, at most 64",
        "the timeout must be 0:00:01 to 0:00:30",
        "menu 'island' has neither options nor digits to collect",
        "menu 'island' cannot be reached",
    ):
        assert fault in found
    assert caught.value.faults == faults(menus)


def test_a_second_definition_hides_no_fault_of_the_first():
    menus = Svaml().menus()
    menus.begin_menu("main", "a.wav")
    menus.begin_menu("main", "b.wav").goto("1", "main")
    with pytest.raises(SvamlError) as caught:
        menus.check()
    assert caught.value.faults == (
        "menu 'main': is defined twice",
        "menu 'main' has neither options nor digits to collect",
    )


def test_one_fault_is_told_plainly():
    menus = svaml.menus().number_input("main", "enter your code", 4)
    with pytest.raises(SvamlError, match=r"^menu 'main': 'enter your code' would be the name"):
        menus.check()


@pytest.mark.parametrize(
    ("write", "fault"),
    [
        (lambda m: m, "there are no menus"),
        (lambda m: m.number_input("pin", "x", 4), "start with, 'main', is not defined"),
        (lambda m: m.number_input(" ", "x", 4), "needs an id"),
        (lambda m: m.number_input("a(", "x", 4), "without parentheses"),
        (lambda m: m.number_input("b)", "x", 4), "without parentheses"),
        (lambda m: m.begin_menu("main", "x").trigger_pie("1", "a(").end_menu(), "without parenth"),
        (lambda m: m.begin_menu("main", "x").trigger_pie("1", "b)").end_menu(), "without parenth"),
        (
            lambda m: m.number_input("main", "x", 4).number_input("b", "x", 4),
            "'b' cannot be reached",
        ),
        (lambda m: m.number_input("main", tts("x" * 601), 4), "600"),
        (lambda m: m.number_input("main", ssml("<speak>&amp;</speak>"), 4), "';' cannot"),
        (lambda m: m.number_input("main", "x", "4"), "max_digits"),
        (lambda m: m.number_input("main", "x", 4, timeout="5"), "timedelta"),
        (lambda m: m.number_input("main", "x", 4, timeout=30.001), "0:00:30"),
        (lambda m: m.begin_menu("main", "x").goto("1", None).end_menu(), "is its id, not None"),
        (lambda m: m.number_input("main", "x", 4, timeout=timedelta(0)), "timeout"),
        (lambda m: m.number_input("main", "x", 4, max_timeout=timedelta(0)), "max_timeout"),
        (lambda m: m.begin_menu("main", "x").trigger_pie("1", "").end_menu(), "result"),
        (
            lambda m: (
                m.begin_menu("main", "x").goto("1", "main", cookies={"a": "ö" * 600}).end_menu()
            ),
            "1201 bytes",
        ),
        (lambda m: m.begin_menu("main", "x").goto("1", "main", spoken="").end_menu(), "spoken"),
    ],
)
def test_each_fault(write, fault):
    assert any(fault in each for each in faults(write(svaml.menus())))


def test_limits_can_be_raised():
    wide = Svaml(limits=Limits(menu_id=100, menu_timeout_max=timedelta(minutes=2)))
    menus = wide.menus().number_input("x" * 100, "a.wav", 4, timeout=timedelta(minutes=1))
    assert run(menus, "x" * 100)["menus"][0]["timeoutMills"] == 60000


def test_an_open_menu_is_not_a_set_of_menus():
    with pytest.raises(SvamlError, match="end_menu"):
        svaml.ice().run_menu("main", svaml.menus().begin_menu("main", "x"))


def test_a_subset_can_be_started_as_long_as_main_leads_to_the_rest():
    assert run(design_menus(), "pin")["mainMenu"] == "pin"


# --- reuse ------------------------------------------------------------------------------------


def test_menus_are_checked_once_and_shared_by_many_replies():
    menus = design_menus()
    first, second = svaml.ice().run_menu("main", menus), svaml.pie().run_menu("main", menus)
    assert first.body == second.body == first.body
    steps = svaml.ice().say("Hi").run_menu("main", menus, barge=False)
    assert steps.body == svaml.ice().say("Hi").run_menu("main", design_menus(), barge=False).body


def test_menus_continued_later_do_not_change_a_reply_begun_before():
    menus = design_menus()
    extra = menus.begin_menu("extra", "x.wav").trigger_pie("1", "a")
    menus.begin_menu("other", "x.wav").goto("1", "extra").goto("2", "main")
    main = menus.begin_menu("late", "x.wav").goto("1", "other")
    chosen = svaml.ice().run_menu("late", menus)
    before = chosen.body
    extra.trigger_pie("2", "b")
    main.trigger_pie("2", "c")
    menus.number_input("unreachable", "x.wav", 1)
    assert chosen.body == before
    with pytest.raises(SvamlError, match="unreachable"):
        svaml.ice().run_menu("late", menus)
    main.goto("3", "unreachable")
    later = run(menus, "late")["menus"]
    assert len(later[2]["options"]) == len(later[4]["options"]) - 1 == 2


def test_a_fault_added_later_is_found():
    menus = design_menus()
    menus.check()
    menus.begin_menu("again", "x.wav").goto("1", "main").goto("1", "main")
    assert faults(menus) == (
        "menu 'again': key 1 has two options",
        "menu 'again' cannot be reached",
    )


# --- drawing ----------------------------------------------------------------------------------


def test_menus_can_be_drawn():
    assert design_menus().to_mermaid() == (
        "flowchart TD\n"
        "    begin((call))\n"
        '    m0["main<br/>#35;tts#91;Welcome. Press 1 or 2.#93;"]\n'
        '    m1["pin<br/>#35;tts#91;Enter 12 digits#93;"]\n'
        "    begin --> m0\n"
        '    m0 -->|"1"| m1\n'
        '    m0 -->|"2"| p0(["PIE support"])\n'
        '    m1 -->|"up to 12 digits"| p1(["PIE sequence"])\n'
    )


def test_faulty_menus_can_be_drawn_too():
    menus = svaml.menus()
    menus.begin_menu("main", None).goto("1", 'no "where"]')
    drawing = menus.to_mermaid("start")
    assert 'x1["no #34;where#34;#93;<br/>not defined"]' in drawing
    assert 'x0["start<br/>not defined"]' in drawing
    assert "no prompt" in drawing


def test_long_texts_are_cut_in_drawings():
    menus = svaml.menus().number_input("main", tts("x" * 99), 4)
    assert f'"main<br/>#35;tts#91;{"x" * 52}..."' in menus.to_mermaid()
    menus = svaml.menus().number_input("main", tts("x" * 54), 4)
    assert f'"main<br/>#35;tts#91;{"x" * 54}#93;"' in menus.to_mermaid()


def test_representations():
    menus = design_menus()
    assert repr(menus) == "<Menus: main, pin>"
    assert repr(menus.begin_menu("x", "y").goto("2", "x").goto("1", "x")) == (
        "<MenuDefinition 'x': keys 1, 2>"
    )


def test_however_many_ways_there_are_to_run_them_few_texts_are_kept():
    """A locale per caller, say, must not fill the memory of a server that runs for months."""
    menus = design_menus()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    locales = [f"en-{first}{second}" for first in letters for second in letters][:200]
    kept = []
    for locale in locales:
        assert run(menus, locale=locale)["locale"] == locale
        kept.append(len(menus.ready("main")._actions))
    assert max(kept) == 64
    assert run(menus, locale=locales[0]) == run(design_menus(), locale=locales[0])


def test_menus_that_are_done_with_need_no_garbage_collector():
    def answer():
        menus = svaml.menus().begin_menu("main", tts("Press 1")).goto(1, "main").end_menu()
        return svaml.ice().say("Hello").run_menu("main", menus).body

    answer()
    gc.collect()
    gc.disable()
    try:
        answer()
        assert gc.collect() == 0
    finally:
        gc.enable()
