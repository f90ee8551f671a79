"""The pure core: configuration, signing, flows, retry decisions, redaction. No network here."""
