"""A local service that emulates Microsoft Graph's connector-group API over an in-memory tenant."""

__version__ = "0.1.0"
