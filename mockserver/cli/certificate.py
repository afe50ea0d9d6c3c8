"""`mockserver cert`: the certificate that clients are to trust."""

from __future__ import annotations

import click

from mockserver.cli.refusing import plainly_refused


@click.group()
def cert() -> None:
    """The local CA that the https listener's certificate is signed by."""


@cert.command("path")
def cert_path() -> None:
    """Where its certificate is: for REQUESTS_CA_BUNDLE, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS."""
    from mockserver.identity.certificate import local_certificate

    with plainly_refused():
        click.echo(local_certificate().ca)


@cert.command("show")
def cert_show() -> None:
    """Print it."""
    from mockserver.identity.certificate import local_certificate

    with plainly_refused():
        click.echo(local_certificate().ca.read_text(encoding="ascii"), nl=False)
