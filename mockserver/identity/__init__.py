"""Who is who: the certificate by which clients know this mock."""
