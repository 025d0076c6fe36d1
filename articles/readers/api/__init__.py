"""The API: what readers have, as JSON, for programs. Read-only, for everybody, and without what is not to be passed on.

table.py        every operation: address, parameters, answer; a further one is one row
parameters.py   what may be asked, how each is checked, and how it is described
stories.py, places.py    what the operations answer
told.py         a story, region, topic or source as plain JSON
schemas.py      the same said as JSON Schema
problems.py     what is wrong, in a sentence (RFC 9457)
openapi.py      the table as an OpenAPI 3.1 document
views.py        the addresses, made from the table
"""
