"""What invented tenants are put together from, besides the cities and people that faker draws."""

from __future__ import annotations

from collections.abc import Mapping

MOST_CITIES, MOST_PEOPLE = 400, 2_000

CONTINENTS = {
    "Africa": "eur", "America": "nam", "Asia": "asia", "Atlantic": "eur", "Australia": "aus", "Europe": "eur",
    "Indian": "ind", "Pacific": "aus",
}  # fmt: skip
"""The region nearest to where a time zone is."""
COUNTRIES = {"IN": "ind"}

NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
"""RFC 5737: for documentation, routed nowhere."""

PREMISES = ("Datacenter", "Office", "Plant", "Warehouse", "Laboratory", "Branch", "Campus", "Disaster Recovery")

VERSIONS = (*["1.5.4522.0"] * 6, *["1.5.3829.0"] * 4, "1.5.3437.0", "1.5.3437.0", "1.5.2846.0", "1.5.1975.0")
"""Versions that Microsoft released, most connectors on recent ones."""

SILENCES = ("PT7M", "PT20M", "PT45M", "PT2H", "PT9H", "PT30H", "P2D", "P3DT6H", "P6D", "P9D")

AUTHENTICATIONS = (*["aadPreAuthentication"] * 9, "passthru")
PRIVATE_ACCESS: Mapping[str, object] = {
    "externalAuthenticationType": "passthru",
    "applicationType": "nonwebapp",
    "isAccessibleViaZTNAClient": True,
}

SUBJECTS = (
    "Absence", "Asset", "Audit", "Badge", "Budget", "Building", "Campaign", "Canteen", "Claims", "Contract", "Customer",
    "Delivery", "Document", "Energy", "Expense", "Fleet", "Forecast", "Freight", "Grant", "Inspection", "Inventory",
    "Invoice", "Leasing", "Licence", "Maintenance", "Order", "Parking", "Patent", "Payroll", "Permit", "Pricing",
    "Product", "Purchase", "Quality", "Recruiting", "Safety", "Sales", "Sample", "Shift", "Supplier", "Survey", "Tax",
    "Timesheet", "Training", "Travel", "Treasury", "Visitor", "Warranty",
)  # fmt: skip
PROGRAMS = ("Archive", "Calendar", "Dashboard", "Desk", "Library", "Planner", "Portal", "Register", "Tracker")

DEPARTMENTS: Mapping[str, tuple[str, ...]] = {
    "Engineering": ("Software Engineer", "Platform Engineer", "Engineering Manager"),
    "Facilities": ("Facility Manager", "Receptionist"),
    "Finance": ("Accountant", "Financial Controller", "Treasurer"),
    "Human Resources": ("HR Director", "Recruiter"),
    "IT Operations": ("Network Engineer", "Systems Administrator", "Identity Engineer"),
    "Legal": ("General Counsel", "Contract Lawyer"),
    "Production": ("Plant Manager", "Quality Engineer", "Maintenance Planner"),
    "Sales": ("Account Manager", "Sales Director"),
}
"""Departments, and what people are there."""
