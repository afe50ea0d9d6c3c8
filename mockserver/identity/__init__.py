"""Who is who: tokens, what they permit, sign-ins, and the certificate by which clients know this mock.

a caller     caller.py what a token says of itself; access.py whether it is let in; permissions.py and
             permission_table.py what its operation asks for
a sign-in    accounts.py who may; grants.py from a form to claims; scopes.py, assertions.py, sign_ins.py what it is
             asked with; refusals.py Entra's refusals
a token      tokens.py its claims; keys.py what signs it; forge.py good ones and bad ones to order
https        certificate.py the local one; own_certificate.py the user's; bundle.py for programs that trust one file
on disk      kept.py
"""
