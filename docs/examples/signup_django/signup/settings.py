"""Settings: small, and fit for development only where it says so."""

from __future__ import annotations

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "for development only")
DEBUG = "DJANGO_SECRET_KEY" not in os.environ
ALLOWED_HOSTS = ["*"] if DEBUG else ["example.com"]
ROOT_URLCONF = "signup.urls"
INSTALLED_APPS = [
    "django.contrib.sessions",
    "sinch.web.django.SinchConfig",
    "accounts",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

# --8<-- [start:sinch]
SINCH = {
    "APPLICATION_KEY": os.environ.get(
        "SINCH_APPLICATION_KEY", "669E367E-6BBA-48AB-AF15-266871C28135"
    ),
    "APPLICATION_SECRET": os.environ.get("SINCH_APPLICATION_SECRET", "BeIukql3pTKJ8RGL5zo0DA=="),
    "BASE_URL": os.environ.get("SINCH_BASE_URL"),  # the sandbox, while you develop
    "TIMEOUT": 5,  # somebody is waiting for the page
}
# --8<-- [end:sinch]
