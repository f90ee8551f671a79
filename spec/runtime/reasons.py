"""Why no answer came, in words that read well, say the cure, and hold no path and so no phone number."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator

from .failures import NoResponse

#: OpenSSL's numbers for what is wrong with a certificate.
_NOT_YET_VALID, _EXPIRED = 9, 10
_OTHER_HOST = frozenset({62, 64})
#: What an HTTP library raises by a mistake of its own, such as asyncio of Python 3.11.7 for a TLS
#: alert inside of TLS. The request may have been sent all the same.
FAULTS_BELOW = (TypeError, AttributeError, LookupError, RuntimeError, EOFError)
#: Not ``__context__``: it may be whatever the caller was handling when it called.
_INNER = ("certificate_error", "os_error", "original_error", "reason", "__cause__")


def no_response(error: BaseException, *, sent: bool, host: str, proxy: str = "") -> NoResponse:
    """The failure for an error of an HTTP library. Whether it was sent is for the caller to know."""
    timed_out = any(isinstance(cause, TimeoutError) for cause in _causes(error))
    way = f"{host} through the proxy {proxy}" if proxy else host
    if timed_out:
        what = "no complete answer in time" if sent else f"connecting to {way} took too long"
    elif sent:
        what = f"the connection to {way} was lost after sending ({why(error)})"
    else:
        what = f"cannot connect to {way} ({why(error)})"
    return NoResponse(what, sent=sent, timed_out=timed_out)


def refused_by_proxy(status: int, phrase: str, *, host: str, proxy: str) -> str:
    """What to say when a proxy answers in place of the host."""
    if status == 407:
        return (
            f"the proxy {proxy} asks for a user name and password (407): "
            "write them into the proxy's URL, as http://user:password@host:port"
        )
    return f"the proxy {proxy} would not connect to {host} ({status} {phrase})".replace(" )", ")")


def why(error: BaseException) -> str:
    """The cause at the bottom of an exception."""
    found = ""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError) and hasattr(cause, "verify_code"):
            return _certificate(cause)  # aiohttp's subclass has no code; the original is inside
        if isinstance(cause, ssl.SSLError) and getattr(cause, "reason", None):
            # Its errno is a number of OpenSSL, not of the operating system.
            found = f"TLS failed: {cause.reason.replace('_', ' ').lower()}"
        elif isinstance(cause, OSError) and cause.errno and not found:
            # asyncio writes the address into strerror; name look-ups have numbers of their own.
            found = os.strerror(cause.errno) if cause.errno > 0 else str(cause.strerror)
        elif isinstance(cause, UnicodeError) and not found:
            found = "not a valid host name"
    return found or _class_words(error)


def _certificate(error: ssl.SSLCertVerificationError) -> str:
    problem = error.verify_message or "certificate verify failed"
    if error.verify_code in _OTHER_HOST:
        cure = "the certificate is for another host; check the URL, and what stands in between"
    elif error.verify_code in {_NOT_YET_VALID, _EXPIRED}:
        cure = "if it should be valid, check this machine's clock"
    else:
        cure = (
            "to trust who issued it, set SSL_CERT_FILE or REQUESTS_CA_BUNDLE to a file with the "
            "issuer's certificate, or pass a session that trusts it"
        )
    return f"the certificate is not trusted: {problem}; {cure}"


def _class_words(error: BaseException) -> str:
    """``RemoteDisconnected`` -> ``remote disconnected``: of the innermost cause that is no wrapper."""
    name = type(error).__name__
    for cause in _causes(error):
        name = type(cause).__name__
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return words.strip()


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it wraps, outermost first; libraries keep the cause in many places."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < 30:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = [getattr(cause, name, None) for name in _INNER]
        waiting.extend(e for e in (*cause.args, *inner) if isinstance(e, BaseException))
