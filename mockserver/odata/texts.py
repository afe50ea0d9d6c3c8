"""What the service says of a query it cannot understand: one table of sentences.

Most are those of Microsoft's OData libraries, on which Graph's front end is built (graph_reference 5.4; the others are
in the libraries' resource file, Microsoft.OData.Core.txt). That the connector-group endpoints answer with exactly these
is likely, but has not been observed. The prefixes are observed (graph_reference 5.3).
"""

from __future__ import annotations

from mockserver.core.errors import InvalidQuery, echoed

IN_FILTER = "Invalid filter clause: "
IN_SELECT = "Parsing OData Select and Expand failed: "

# Syntax
SYNTAX = "Syntax error at position {position} in '{text}'."
CHARACTER = "Syntax error: character '{character}' is not valid at position {position} in '{text}'."
UNTERMINATED = "There is an unterminated string literal at position {position} in '{text}'."
TOO_DEEP = "Recursion depth exceeded allowed limit."
LITERAL = "Cannot convert the literal '{literal}' to the expected type '{type}'."

# Names
UNKNOWN_PROPERTY = "Could not find a property named '{name}' on type '{type}'."
UNKNOWN_TYPE = "A type named '{name}' could not be resolved by the model."
UNKNOWN_CONSTANT = "The string '{literal}' is not a valid enumeration type constant."
UNKNOWN_FUNCTION = (
    "An unknown function with name '{name}' was found. This may also be a function import or a key lookup on a "
    "navigation property, which is not allowed."
)

# Types
NO_SIGNATURE = (
    "No function signature for the function with name '{name}' matches the specified arguments. "
    "The function signatures considered are: {signatures}."
)
OPERANDS = (
    "A binary operator with incompatible types was detected. "
    "Found operand types '{left}' and '{right}' for operator kind '{kind}'."
)
OPERAND = (
    "A unary operator with an incompatible type was detected. Found operand type '{type}' for operator kind '{kind}'."
)
ITEMS = (
    "An instance of InNode can only be created where the item types of the right operand '{right}' and the left "
    "operand '{left}' can be compared."
)
NOT_SINGLE = (
    "The parent value for a property access of a property '{name}' is not a single value. "
    "Property access can only be applied to a single value."
)
NOT_BOOLEAN = "The $filter expression must evaluate to a single boolean value."
NOT_SORTABLE = "The $orderby expression must evaluate to a single value of primitive type."
NOT_COUNTABLE = "The next token in a CountSegmentNode must be a collection."
NOT_A_COLLECTION = "Any/All may only be used following a collection."
BODY_NOT_BOOLEAN = "The Any/All query expression must evaluate to a single boolean value."
VARIABLE_TWICE = "The range variable '{name}' has already been declared."

# Options
EMPTY = "The value for OData query '{option}' cannot be empty."
TWICE = "Query option '{option}' was specified more than once, but it must be specified at most once."
CUSTOM = "Custom query option '{option}' that starts with '$' is not supported."
NUMBER = (
    "Invalid value '{value}' for {option} query option found. "
    "The {option} query option requires a non-negative integer value."
)
COUNT = "'{value}' is not a valid count option."
FORMAT = "None of the supported media types, application/json among them, matches '{value}' in $format."
ENCODING = "The query option '{option}' is not percent-encoded UTF-8."
SKIPTOKEN = "Unable to parse the skiptoken value '{value}'. Skiptoken value should always be server generated."
SINGLE = (
    "The requested resource is not a collection. "
    "Query options $filter, $orderby, $count, $skip, and $top can be applied only on collections."
)
LIMIT = "The limit of '{limit}' for {option} query has been exceeded. The value from the incoming request is '{value}'."

# $search: the mock's own words, as no source shows the directory's
SEARCH_CLAUSE = "A clause of $search is written \"property:text\"; '{clause}' is not."
NOT_SEARCHABLE = "The property '{name}' of type '{type}' cannot be searched: it is not a single Edm.String."

# $select and $expand
TERM = "Term '{term}' is not valid in a $select or $expand expression."
NOT_A_NAVIGATION = (
    "Property '{name}' on type '{type}' is not a navigation property or complex property. "
    "Only navigation properties can be expanded."
)
NO_OPTIONS = (
    "Missing expand option on navigation property '{name}'. If a parenthesis expression follows an expanded navigation "
    "property, then at least one expand option must be provided."
)
DEEP_SELECT = (
    "Found a path with multiple navigation properties or a bad complex property path in a select clause. Please reword "
    "your query such that each level of select or expand only contains either TypeSegments or Properties."
)
# The libraries let a repeated navigation pass and merge its options; which of two `$top` wins is not documented.
EXPANDED_TWICE = "The navigation property '{name}' is expanded more than once."


def refusal(text: str, clause: str = "", /, **words: object) -> InvalidQuery:
    """The error that says so, behind the prefix of the clause it is about."""
    return InvalidQuery(message=clause + text.format_map({name: echoed(word) for name, word in words.items()}))
