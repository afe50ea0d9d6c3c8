"""What a URL asks that is not understood or not answered: its query options, and the segments of its path."""

from __future__ import annotations

from mockserver.core.errors.graph_error import BadRequest


class InvalidQuery(BadRequest):
    text = "{message}"
    source = "graph_reference 5.3, 5.4: texts of the OData libraries that Graph's front end is built on"


class UnsupportedQuery(BadRequest):
    code, text = "Request_UnsupportedQuery", "Unsupported Query."


class SearchNeedsHeader(UnsupportedQuery):
    text = (
        "Request with $search query parameter only works through MSGraph with a special request header: "
        "'ConsistencyLevel: eventual'"
    )
    source = "graph_reference 5.3: aad-advanced-queries"


class OperatorNeedsParameters(UnsupportedQuery):
    text = (
        "Operator '{operator}' is not supported because the required parameters might be missing. Try adding "
        "$count=true query parameter and ConsistencyLevel:eventual header. Refer to "
        "https://aka.ms/graph-docs/advanced-queries for more information"
    )
    source = "aad-advanced-queries, 2023-07-14, of endsWith"


class FilterOperatorUnsupported(UnsupportedQuery):
    text = "Filter operator '{operator}' is not supported."
    source = "microsoft-graph-docs issue 22101, msgraph-sdk-go issue 599 (ne); -docs-contrib issue 8578 (contains)"


class SortingUnsupported(UnsupportedQuery):
    text = "Sorting not supported for current query."
    source = "microsoft-graph-docs issues 10835, 13762: $filter beside $orderby"


class AdvancedOnly(UnsupportedQuery):
    source = "aad-advanced-queries refuses `not` and `$count` in $filter; the text (5.3) was seen of endsWith alone"
    verified = False


class CountUnsupported(BadRequest):
    code, text = "Request_BadRequest", "$count is not currently supported."
    source = "graph_reference 5.3: aad-advanced-queries"


class UnknownSegment(BadRequest):
    text = "Resource not found for the segment '{segment}'."
    source = "R54: CAM, microsoft-graph-docs issue 4240"


class TooManySegments(BadRequest):
    text = "The path has more than {limit} segments."
    source = "the mock's own: no path of the model needs so many"
