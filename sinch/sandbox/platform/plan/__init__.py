"""The service plan of the sandbox: batches, reports, groups and incoming messages of the SMS REST API."""
