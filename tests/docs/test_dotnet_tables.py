"""Who comes from the .NET SDK finds every name of its README in a table, with what does the same here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sinch.callbacks
import sinch.svaml
from sinch.svaml import Svaml

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("from-dotnet.md", "svaml.md", "callbacks.md")

#: Every type, member and method that the README of the .NET SDK 1.3.0 names, by its chapters.
README = {
    "SMS": """
        SinchFactory CreateApiFactory CreateSmsApi Sms Send WithCli GetStatus MessageId
        Successful Pending Failed
    """,
    "Verification": """
        CreateVerificationApi Verification Initiate VerificationMethod FlashCall Sms Callout
        WithReference WithCustom WithCli Report WithCode WithId Get
        VerificationRequestEvent VerificationRequestEventResponse Action VerificationResultEvent
    """,
    "Calling callbacks": """
        CreateCallbackResponseFactory CallbackResponseFactory Locale EnUs CreateEventReader
        ReadJson ReadModel CallbackEventModel SvamletModel
        ICallbackEvent IIceEvent IAceEvent IPieEvent IDiceEvent INotificationEvent
        ApplicationKey CallId Cookies Custom Event TimeStamp User Version
        Unknown Unspecified IncomingCall AnsweredCall DisconnectedCall PromptInput Notification
        Cli ICli AlphaNumeric Numeric Full Mode CliMode Hidden
        To IIdentity Type Endpoint EndpointType Username PstnNumber Email
        OriginationType Mxp Pstn Server Rate IMoney Amount CurrencyId
        MenuId IMenuResult Result MenuResultType Error Return Timeout Hangup Value
        Duration Answered Busy NoAnswer NotApplicable Canceled
        Reason CallerHangup CalleeHangup ManagerHangup Debit From
    """,
    "Responding": """
        CreateIceSvamletBuilder CreateAceSvamletBuilder CreateManageCallSvamletBuilder
        CreateDiceResponse CreateNotificationResponse
        IIceSvamletBuilder IAceSvamletBuilder IManageCallSvamletBuilder ISvamletResponse
        Build Body Model Say Play SetCookie Hangup HangupCause Continue
        ConnectPstn ConnectMxp ConnectSipDestination ConnectRegisteredSipPeer ConnectConference
        Park RunMenu
        WithCli WithAnonymousCli WithBridgeTimeout WithDialTimeout WithOptimizedDialTimeout
        WithCallbacks WithoutCallbacks WithIndications WithRecording WithoutRecording WithExtension
    """,
    "Menus": """
        IMenuBuilder IMenu BeginMenuDefinition AddGotoMenuOption AddTriggerPieOption
        EndMenuDefinition AddNumberInputMenu Dtmf Digit0 Digit1 Digit2 IDictionary
    """,
    "Callouts": """
        CreateCalloutApi TtsCallout ConferenceCallout MenuCallout Call TimeSpan FromMinutes
    """,
}


def rows() -> list[tuple[str, str]]:
    """Both columns of every table that begins with ``| .NET |``."""
    found = []
    for page in PAGES:
        text = (DOCS / page).read_text(encoding="utf-8")
        for table in re.findall(r"^\| \.NET \|.*\n\|[-|]+\n((?:\|.*\n?)+)", text, re.MULTILINE):
            for line in table.splitlines():
                old, _, new = line.strip().removesuffix("|").rpartition(" | ")
                found.append((old, new.strip()))
    return found


ROWS = rows()


@pytest.mark.parametrize("chapter", README)
def test_every_name_of_the_readme_is_in_a_table(chapter: str) -> None:
    known = {name for old, new in ROWS if new for name in re.findall(r"\w+", old)}

    assert set(README[chapter].split()) - known == set()


def test_what_the_table_of_svaml_offers_exists() -> None:
    svaml = Svaml()
    builders = [svaml.ice(), svaml.ace(), svaml.pie(), svaml.dice(), svaml.manage_call()]
    chosen = [
        svaml.ice().connect_pstn("+46700000000"),
        svaml.ice().connect_registered_sip_peer("office"),
        svaml.ice().connect_conference("room"),
    ]
    menus = svaml.menus()
    owners = [svaml, *builders, *chosen, menus, menus.begin_menu("main", "x"), sinch.svaml]
    there = {name for owner in owners for name in dir(owner)} | set(dir(sinch.callbacks))
    text = (DOCS / "svaml.md").read_text(encoding="utf-8").partition("## From the .NET SDK")[2]
    named = {
        name
        for line in text.splitlines()
        if line.startswith("| ")
        for name in re.findall(r"\b([a-z_]+)\(", line.rpartition(" | ")[2])
    }

    assert len(named) > 40
    assert named - there == set()
