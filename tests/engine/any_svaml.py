"""SVAML as apps may answer it: sensible, odd, illegal, and hostile."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

texts = st.text(max_size=12)
seconds = st.integers(-1, 20) | st.just(10**12)
PROMPTS = ["#tts[Hi there]", "#ssml[<speak>Hi</speak>];file", "https://example.com/a.mp3", "", None]
NUMBERS = ["+46700000003", "+46700000004", "46700000005", "+4", "", None]


def objects(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Objects of which any field may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


def named(name: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"name": st.just(name)}, optional=fields)


option = st.fixed_dictionaries(
    {
        "dtmf": st.sampled_from(["1", "2", 3, "#", "*", "x"]),
        "action": st.sampled_from(
            [
                "return(a)",
                "return()",
                "menu(main)",
                "menu(sub)",
                "menu(nowhere)",
                "return",
                "fly(1)",
            ]
        ),
    },
    optional={
        "add": st.lists(
            st.fixed_dictionaries({"key": texts, "value": st.text(max_size=400)}), max_size=2
        ),
        "input": st.sampled_from(["sales", "help"]),
    },
)
a_menu = st.fixed_dictionaries(
    {"id": st.sampled_from(["main", "main", "sub"])},
    optional={
        "mainPrompt": st.sampled_from(PROMPTS),
        "repeatPrompt": st.sampled_from(PROMPTS),
        "repeats": st.integers(-1, 3),
        "maxDigits": st.integers(-1, 4),
        "timeoutMills": st.integers(-100, 9000) | st.just(10**17),
        "maxTimeoutMills": st.integers(0, 9000),
        "options": st.lists(option, max_size=3),
    },
)
recording = objects(
    destinationUrl=st.sampled_from(["s3://bucket", "s3://bucket/a.mp3", "odd", ""]),
    notificationEvents=st.booleans(),
    transcriptionOptions=objects(enabled=st.booleans()),
)
headers = st.lists(st.fixed_dictionaries({"key": texts, "value": texts}), max_size=2)
dtmf_options = objects(
    mode=st.sampled_from(["ignore", "forward", "detect", "odd"]),
    maxDigits=st.integers(0, 3),
    timeoutMills=st.integers(0, 3000),
)
action = st.one_of(
    named("hangup", hangupCause=st.integers(-1, 3)),
    named("continue", record=st.booleans()),
    named(
        "connectPstn",
        number=st.sampled_from(NUMBERS),
        maxDuration=seconds,
        dialTimeout=seconds,
        suppressCallbacks=st.booleans(),
        dtmf=st.sampled_from(["1w2", "x"]),
        amd=objects(enabled=st.booleans(), **{"async": st.booleans()}),
        record=st.booleans(),
    ),
    named("connectMxp", destination=st.just({"type": "username", "endpoint": "eve"})),
    named("connectSip", destination=st.just({"endpoint": "a@b"}), callHeaders=headers),
    named("connectStream", destination=st.just({"type": "Websocket", "endpoint": "wss://a.b"})),
    named(
        "connectConf",
        conferenceId=st.sampled_from(["room", "den", ""]),
        moh=st.sampled_from(["music1", "odd"]),
        conferenceDtmfOptions=dtmf_options,
        record=st.booleans(),
    ),
    named(
        "runMenu",
        menus=st.lists(a_menu, max_size=2),
        barge=st.booleans(),
        enableVoice=st.booleans(),
    ),
    st.builds(
        lambda menu: {"name": "runMenu", "menus": [{**menu, "id": "main"}], "enableVoice": True},
        a_menu,
    ),
    named(
        "park",
        introPrompt=st.sampled_from(PROMPTS),
        holdPrompt=st.sampled_from(PROMPTS),
        maxDuration=seconds,
    ),
    named("fly"),
)
instruction = st.one_of(
    named("say", text=texts, locale=st.just("sv-SE")),
    named("playFiles", ids=st.lists(st.sampled_from(PROMPTS[:4]), max_size=2)),
    named("sendDtmf", value=st.sampled_from(["1w#", "*"])),
    named("setCookie", key=texts, value=st.text(max_size=300)),
    named("answer"),
    named("startRecording", options=recording),
    named("stopRecording"),
    named("fly"),
)
script = st.builds(
    lambda instructions, action: {"instructions": instructions, "action": action},
    st.lists(instruction, max_size=3),
    action,
)


def legal(*actions: Any, says: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    """SVAML that is legal everywhere, with one of these actions."""
    instructions = [
        {"name": "setCookie", "key": "a", "value": "b"},
        {"name": "startRecording", "options": {"transcriptionOptions": {"enabled": True}}},
        {"name": "stopRecording"},
        {"name": "say", "text": "Hello"},
    ]
    return st.builds(
        lambda instructions, action: {"instructions": instructions, "action": action},
        st.lists(st.sampled_from(instructions), max_size=2),
        st.sampled_from(actions),
    )


OPTIONS = [
    {"dtmf": "1", "action": "return(a)", "add": [{"key": "chosen", "value": "1"}]},
    {"dtmf": "2", "action": "menu(main)", "input": "sales"},
    {"dtmf": "3", "action": "menu(nowhere)"},
]
PLAIN_MENU = {
    "name": "runMenu",
    "menus": [{"id": "main", "mainPrompt": "#tts[Hi]", "repeats": 1, "options": OPTIONS}],
}
DIGITS_MENU = {
    "name": "runMenu",
    "enableVoice": True,
    "barge": False,
    "menus": [{"id": "main", "mainPrompt": "#tts[Hi]", "maxDigits": 3, "repeats": 1}],
}
ROOM = {
    "name": "connectConf",
    "conferenceId": "room",
    "moh": "music1",
    "conferenceDtmfOptions": {"mode": "detect", "maxDigits": 2},
}
DIAL = {
    "name": "connectPstn",
    "number": "+46700000004",
    "amd": {"enabled": True, "async": True},
    "dtmf": "1",
    "record": True,
}
WAIT_AMD = {"name": "connectPstn", "number": "+46700000004", "amd": {"enabled": True}}
everywhere = [PLAIN_MENU, DIGITS_MENU, PLAIN_MENU, ROOM]
good = {
    "ice": legal(*everywhere, DIAL, WAIT_AMD, {"name": "park", "holdPrompt": "a"}),
    "ace": legal(*everywhere, {"name": "continue"}),
    "pie": legal(*everywhere, DIAL, WAIT_AMD, {"name": "continue"}),
}
garbage = st.one_of(
    st.sampled_from(
        [
            None,
            b"",
            b"{}",
            "[]",
            "null",
            b"\xff",
            '{"action": {"name": 5}}',
            "{",
            "[" * 500 + "]" * 500,
            "[" * 99999,
        ]
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
        max_leaves=4,
    ).map(json.dumps),
    objects(action=action, Action=action, instructions=st.lists(instruction, max_size=1)),
)


class Odd(list[Any]):
    """Odd values, whose representation does not fill the screen when a walk fails."""

    def __repr__(self) -> str:
        return f"Odd({len(self)})"


DEEP: Any = []
for _ in range(400):
    DEEP = [DEEP]

#: What may stand where something else is expected; as JSON where JSON can say it.
HOSTILE = Odd(
    [
        None,
        True,
        0,
        -1,
        10**400,
        1e400,
        float("nan"),
        "",
        " ",
        "x" * 5000,
        "\ud800",
        "\x00",
        "١٢",
        "#tts[",
        "+1" + "0" * 400,
        "return(" * 50,
        [],
        {},
        [None],
        [[]],
        {"name": {"name": "hangup"}},
        {"id": "main"},
        DEEP,
    ]
)
#: What no JSON text can be, but an app inside the process may answer.
UNWRITABLE = Odd([b"bytes", Decimal("NaN"), {1: 2}, ("a", 1), {None: []}, object()])


@st.composite
def spoilt(draw: st.DrawFn, of: st.SearchStrategy[Any], values: Odd) -> Any:
    """SVAML in which something, however deep inside, is replaced, doubled or left out."""
    whole = copy.deepcopy(draw(of))
    for _ in range(draw(st.integers(1, 2))):
        holder: Any = whole
        while holder:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = draw(st.sampled_from(keys))
            inner = holder[key]
            if isinstance(inner, dict | list) and inner and draw(st.integers(0, 3)):
                holder = inner
                continue
            how = draw(st.sampled_from(["replace", "replace", "drop", "double"]))
            if how == "replace":
                holder[key] = copy.deepcopy(draw(st.sampled_from(values)))
            elif how == "drop":
                del holder[key]
            elif isinstance(holder, dict):
                holder[str(key).upper()] = copy.deepcopy(inner)
            else:
                holder.append(copy.deepcopy(inner))
            break
    return whole


sensible = st.one_of(good["ice"], good["ace"], good["pie"])
hostile = st.one_of(
    spoilt(sensible, HOSTILE),
    spoilt(sensible, HOSTILE).map(json.dumps),
    spoilt(sensible, UNWRITABLE),
    spoilt(script, HOSTILE),
    st.just('{"action": {"name": "hangup", "hangupCause": ' + "9" * 5000 + "}}"),
)
answers = st.one_of(script, script, script.map(json.dumps), garbage, hostile, hostile)
#: What REST may ask a running call to do.
updates = st.one_of(
    script, sensible, sensible, spoilt(sensible, HOSTILE), spoilt(sensible, UNWRITABLE)
)
