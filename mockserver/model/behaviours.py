"""The table of behaviours: every point on which documentation and service are known to disagree.

One row a quirk; the code asks `tenant.behaviour[QUIRK]` and never for a profile. A row whose three profiles say the
same, with nothing in `also`, stands for a quirk that the mock has only one answer to so far.
"""

from __future__ import annotations

from mockserver.core.behaviour import COUNT, Quirk
from mockserver.core.duration import DURATION

CREATED_STATUS = Quirk(
    "Q1", "status of a created connector group", 200, 201, 201,
    "TF saw 200 on 2026-07-05; the Graph docs say 201 (R10, U-1)",
)  # fmt: skip
UPDATED_ANSWER = Quirk(
    "Q2", "answer to a changed connector group", "204", "200", "204",
    "TF saw an empty 204; the Graph docs say 200 with the group (R13, U-2)",
)  # fmt: skip
READ_ONLY_IN_CREATE = Quirk(
    "Q3", "read-only properties in a create", "ignored", "ignored", "refused",
    "TF saw them ignored (R11)",
)  # fmt: skip
READ_ONLY_IN_UPDATE = Quirk(
    "Q4", "read-only properties in an update", "refused", "refused", "refused",
    "TF saw them refused (R12)",
)  # fmt: skip
ENUM_VALUES = Quirk(
    "Q5", "values of an enumeration in a body, such as region", "observed", "published", "exact",
    "TF saw japan, any case taken, lower case returned; the metadata lists five regions (R16, U-25)",
)  # fmt: skip
REGION_DEFAULT = Quirk(
    "Q6", "region of a group created without one", "tenant", "tenant", "null",
    "EntraPS documentation output, TF; ZT and M365DSC cater for null (R15)",
)  # fmt: skip
FOREIGN_GROUPS = Quirk(
    "Q7", "connector groups of other types in the list", "listed", "hidden", "hidden",
    "ZT, CAM, docs PR 9265 saw them listed (R23, U-8); only a fixture brings any",
)  # fmt: skip
DUPLICATE_NAMES = Quirk(
    "Q8", "two connector groups of one name", "allowed", "allowed", "refused",
    "GitOps and CAM cope with duplicates; no client handles a refusal (R22)", verified=False,
)  # fmt: skip
LETTER_CASE = Quirk(
    "Q9", "letter case of path segments, options, operators and properties", "ignored", "ignored", "exact",
    "traverse-the-graph; EntraPS, GSAps, M365DSC send capitals (R14, R25, R53)",
)  # fmt: skip
PATH_FORMS = Quirk(
    "Q10", "trailing or double slash, keys in parentheses, options without $", "tolerated", "tolerated", "canonical",
    "EntraPS, M2G, M365DSC, the Python SDK send them (R53)",
)  # fmt: skip
REFERENCE_FORMS = Quirk(
    "Q11", "@odata.id of another host or without version", "accepted", "accepted", "own",
    "graph-docs samples, EntraPS, GSAps (R33)",
)  # fmt: skip
MOVE_VERBS = Quirk(
    "Q12", "ways to move a connector", "post+put+members", "post+members", "post",
    "EntraPS POSTs, GSAps PUTs, the docs POST to members (R32)",
)  # fmt: skip
ASSIGNMENT_LAG = Quirk(
    "Q13", "reads after an assignment that still show the group before", 0, 0, 0,
    "TF saw the previous group after PUT (R47)", also=(COUNT,),
)  # fmt: skip
FAILING_FIRST_PATCH = Quirk(
    "Q14", "500 on the first PATCH of an application just instantiated", 0, 0, 0,
    "M2G saw it", also=(COUNT,),
)  # fmt: skip
APP_ONLY = Quirk(
    "Q15", "callers without a user that change things", "allowed", "refused", "refused",
    "docs: not supported; M365DSC, TF, GitOps do it (R60)",
)  # fmt: skip
UNASSIGN_FROM_DEFAULT = Quirk(
    "Q16", "taking an application off the default group", "refused", "refused", "refused",
    "EntraPS help says it errors (R45)", also=("204",), verified=False,
)  # fmt: skip
UNKNOWN_NAVIGATION = Quirk(
    "Q17", "what a profile does not serve", "empty-code", "empty-code", "Request_ResourceNotFound",
    "microsoft-graph-docs issues 8929, 13473 (R55)",
)  # fmt: skip
TIPS = Quirk(
    "Q18", "@microsoft.graph.tips in answers without $select", "off", "on", "off",
    "newer documentation outputs show it",
)  # fmt: skip
PUBLISHING_IN_LISTS = Quirk(
    "Q19", "$select=onPremisesPublishing on the collection of applications", "refused", "allowed", "refused",
    "CAM, GitOps (R50, U-11)",
)  # fmt: skip
REGION_MOVES = Quirk(
    "Q20", "moving a connector between two regions that are not the default one", "refused", "refused", "refused",
    "network-topology (R34)", also=("allowed",), verified=False,
)  # fmt: skip
REGION_DELAY = Quirk(
    "Q21", "time until a changed region takes effect", "PT0S", "PT30M", "PT0S",
    "multi-geo documentation says about 30 minutes for Japan", form=DURATION,
)  # fmt: skip
CONNECTOR_WRITES = Quirk(
    "Q22", "writing connectors and sensors, making and deleting profiles", "refused", "refused", "refused",
    "no client and no permission for them (R31, U-9)", also=("allowed",), verified=False,
)  # fmt: skip
MALFORMED_IDS = Quirk(
    "Q23", "an id in a path that is not a GUID", "404", "404", "400",
    "ids are strings in the metadata (U-27)", verified=False,
)  # fmt: skip
AUTHENTICATION = Quirk(
    "Q24", "who is let in", "--auth", "--auth", "--auth",
    "the option --auth decides, whatever the profile",
)  # fmt: skip
HEARTBEATS = Quirk(
    "Q25", "when a silent connector is inactive, and when it is removed", "PT5M+P10D", "PT5M+P10D", "PT5M+P10D",
    "OPS, concept-connectors (R37, R38)", form=rf"{DURATION}\+{DURATION}",
)  # fmt: skip
UNKNOWN_TEXTS = Quirk(
    "Q26", "answers that no source verifies", "marked", "marked", "marked",
    "header x-mock-unverified: true",
)  # fmt: skip
REFERENCE_SHAPE = Quirk(
    "U4", "what reading $ref gives", "strings", "strings", "objects",
    "Microsoft's OpenAPI and SDKs expect strings, OData objects with @odata.id", also=(), verified=False,
)  # fmt: skip
SEGMENT_STATUS = Quirk(
    "U12", "status of a created application segment", 200, 201, 201,
    "the documentation's text says 201, its example and TF 200",
)  # fmt: skip
UNSERVED_CHILDREN = Quirk(
    "U29", "children that a profile does not implement", "refused", "empty", "refused",
    "microsoft-graph-docs issues 8929, 13473; Microsoft's SDKs declare every child for every profile",
)  # fmt: skip
ADVANCED_QUERIES = Quirk(
    "U16", "advanced queries of the directory without ConsistencyLevel: eventual", "refused", "refused", "refused",
    "aad-advanced-queries; graph_reference 5.3, 5.8", also=("allowed",),
)  # fmt: skip

QUIRKS = tuple(each for each in tuple(globals().values()) if isinstance(each, Quirk))
