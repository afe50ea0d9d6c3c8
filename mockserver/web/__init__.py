"""HTTP: the only floor that knows Flask.

A request passes logged.py (its line in the log), frame.py (its sandbox, Graph's headers), routes.py, and then

    the Graph      views.py, call.py, watched.py (faults, journal), around.py (who, throttle, permission), graph/,
                   or batch.py with several; addresses.py, projection.py, render.py make the answer
    /_mock         control/
    the login      login/
    the page       ui/

`app.py` puts them together; `refusals.py` makes whatever goes wrong a refusal, `answered.py` an answer Flask's.
"""
