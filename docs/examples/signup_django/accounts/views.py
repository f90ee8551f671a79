"""Number, code, welcome: three pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.forms import CodeForm, NumberForm
from accounts.models import SignUp
from sinch import SinchError, VerificationMethod, VerificationStatus
from sinch.errors import Forbidden, NotFound, RateLimited
from sinch.web.django import get_client


# --8<-- [start:start]
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the number and send a code to it."""
    form = NumberForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/form.html", {"form": form})
    signup = SignUp.objects.create(number=form.cleaned_data["number"])
    draft = get_client().verification(signup.number).with_reference(str(signup.id))
    try:
        started = draft.initiate(VerificationMethod.SMS)
    except Forbidden:
        form.add_error("number", "We cannot send codes to this number.")
    except RateLimited:
        form.add_error("number", "A code was sent a moment ago. Please wait a little.")
    except SinchError:
        form.add_error(None, "The code could not be sent. Please try again in a minute.")
    else:
        signup.verification_id = started.id
        signup.save()
        request.session["signup"] = str(signup.id)
        return redirect("code")
    return render(request, "accounts/form.html", {"form": form}, status=503)
    # --8<-- [end:start]


# --8<-- [start:code]
def code(request: HttpRequest) -> HttpResponse:
    """Check the code; three wrong ones and it is over."""
    signup = get_object_or_404(SignUp, id=request.session.get("signup"))
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/form.html", {"form": form})
    draft = get_client().verification(id=signup.verification_id)
    try:
        report = draft.with_code(form.cleaned_data["code"]).report(VerificationMethod.SMS)
    except NotFound:  # expired, or used up
        return redirect("start")
    except SinchError:  # perhaps it was right, and the callback says so: see welcome
        form.add_error(None, "The code could not be checked. Please try again in a minute.")
        return render(request, "accounts/form.html", {"form": form}, status=503)
    if report.status == VerificationStatus.SUCCESSFUL:
        signup.confirm()
        return redirect("welcome")
    form.add_error("code", "That was not the code.")
    return render(request, "accounts/form.html", {"form": form}, status=422)
    # --8<-- [end:code]


def welcome(request: HttpRequest) -> HttpResponse:
    """Only for those whose number is confirmed."""
    signup = get_object_or_404(SignUp, id=request.session.get("signup"))
    if signup.verified_at is None:
        return redirect("code")
    return render(request, "accounts/welcome.html", {"signup": signup})
