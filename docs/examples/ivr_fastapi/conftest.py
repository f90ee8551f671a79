"""Key and secret of the tests, before the application reads them."""

import os

os.environ.setdefault("SINCH_APPLICATION_KEY", "669E367E-6BBA-48AB-AF15-266871C28135")
os.environ.setdefault("SINCH_APPLICATION_SECRET", "BeIukql3pTKJ8RGL5zo0DA==")
