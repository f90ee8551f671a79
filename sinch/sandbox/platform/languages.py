"""Accept-Language, and texts for the SMS of a verification in a few languages."""

from __future__ import annotations

import re
from typing import Final

DEFAULT_LANGUAGE: Final = "en-US"
_ENTRY: Final = re.compile(
    r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})(?:\s*;\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)
_TEMPLATES: Final = {
    "da": "Din bekræftelseskode er {{CODE}}.",
    "de": "Ihr Bestätigungscode lautet {{CODE}}.",
    "en": "Your verification code is {{CODE}}.",
    "es": "Su código de verificación es {{CODE}}.",
    "fi": "Vahvistuskoodisi on {{CODE}}.",
    "fr": "Votre code de vérification est {{CODE}}.",
    "it": "Il tuo codice di verifica è {{CODE}}.",
    "nb": "Bekreftelseskoden din er {{CODE}}.",
    "nl": "Uw verificatiecode is {{CODE}}.",
    "pl": "Twój kod weryfikacyjny to {{CODE}}.",
    "pt": "O seu código de verificação é {{CODE}}.",
    "sv": "Din verifieringskod är {{CODE}}.",
}


def choose_language(accept_language: str, *, any_language: bool = False) -> str:
    """The language a verification uses: the best one asked for that has a text, else en-US.

    With ``any_language`` the best one counts even without a text, as when the caller brings one.
    What is not understood is skipped; headers are no reason to refuse.
    """
    wanted: list[tuple[float, int, str]] = []
    for position, entry in enumerate(accept_language[:1000].split(",")):
        match = _ENTRY.fullmatch(entry.strip())
        if match is not None and (weight := float(match[2] or 1)) > 0:
            wanted.append((-weight, position, match[1]))
    for _, _, tag in sorted(wanted):
        if any_language or tag.partition("-")[0].lower() in _TEMPLATES:
            return tag
    return DEFAULT_LANGUAGE


def sms_template(language: str) -> str:
    """The text of a verification SMS, with ``{{CODE}}`` where the code goes."""
    return _TEMPLATES.get(language.partition("-")[0].lower(), _TEMPLATES["en"])
