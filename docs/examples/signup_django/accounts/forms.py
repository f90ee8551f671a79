"""What people type."""

from __future__ import annotations

from typing import Any

from django import forms

from sinch import PhoneNumber


class NumberForm(forms.Form):
    """A phone number, in international form."""

    number = forms.CharField(label="Mobile number", max_length=30)

    def clean_number(self) -> str:
        """Spaces and dashes are fine; what is no number is told now, not by Sinch."""
        typed: Any = self.cleaned_data["number"]
        try:
            return str(PhoneNumber(typed.translate({ord(sign): None for sign in " -()"})))
        except ValueError as error:
            raise forms.ValidationError(
                "Begin with + and your country, as in +61491570156."
            ) from error


class CodeForm(forms.Form):
    """The code from the message."""

    code = forms.CharField(label="Code", max_length=10)
