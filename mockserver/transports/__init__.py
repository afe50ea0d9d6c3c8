"""How client libraries reach a mock in this process: each one's own transport around the WSGI app, no socket."""
