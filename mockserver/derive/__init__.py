"""What follows from the model: functions of the declaration.

schemas.py       bodies of requests -> values, or every problem
operations.py    every method and path
csdl/            `$metadata` and the service document
openapi*.py      the OpenAPI document; web/control/described.py has the mock's own API in it
"""
