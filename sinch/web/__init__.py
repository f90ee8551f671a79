"""A :class:`~sinch.callbacks.CallbackRouter` inside a web framework.

``sinch.web.django``, ``sinch.web.starlette`` (FastAPI too), ``sinch.web.aiohttp`` and
``sinch.web.flask``: each turns a request into a :class:`~sinch.callbacks.Delivery` and an
:class:`~sinch.callbacks.CallbackAnswer` into a response, and does nothing else. Importing this package
loads no framework.
"""
