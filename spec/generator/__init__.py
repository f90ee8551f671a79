"""The parts of ``codegen.py``, in the order in which a specification passes through them.

``load`` makes one tree of the documents (``keywords`` says which words mean something), ``house``
checks our own rules, ``prepare`` makes a copy that openapi-python-client reads right (``rewrites``),
``adapt`` runs it and says in the words of ``api`` what it found, ``complete`` checks that nothing got
lost. Then ``naming`` and ``types`` decide on Python, ``models``, ``operations`` and ``views`` make what
the templates see, ``render`` the files, ``verify`` proves them and ``surface`` says what changed.
"""
