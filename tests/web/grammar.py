"""Strategies for requests that are made of plausible pieces and put together without sense."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from web.asking import APPLICATIONS, CONNECTORS, GRAPH, GROUPS, NEW, NOBODY, PARIS, WIKI, P, to_connector, to_group

_TO_A_GROUP, _TO_A_CONNECTOR = f"{GRAPH}{P}/connectorGroups/{PARIS}", f"{GRAPH}{P}/connectors/{NEW}"


def _words(text: str, *more: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*text.split(), *more])


methods = _words("GET POST PUT PATCH DELETE HEAD OPTIONS TRACE get", "")

_ids = _words("applicationProxy x %FF %2F 0", *GROUPS, *CONNECTORS, *APPLICATIONS, NOBODY, "", "''")
_segments = _words(
    """onPremisesPublishingProfiles applicationProxy connectorGroups connectors members memberOf applications
    connectorGroup onPremisesPublishing internalUrl name displayName tags isDefault $ref %24ref $count $value $batch
    $metadata microsoft.graph.connector MEMBERS . .. %00 ( ) ' *""",
    "",
    "\u00e9",
)
_keyed = st.builds("{}({}'{}')".format, _segments, _words("id= appId= x=", ""), _ids)
_starts = _words("/beta /v1.0 /beta/applications /_mock /sandboxes/default/beta / //", P, f"{P}/connectorGroups", "")
_known_paths = _words(
    f"""{P} {P}/connectorGroups {P}/connectorGroups/{PARIS} {P}/connectorGroups/{PARIS}/members/$ref
    {P}/connectors/{NEW} {P}/connectors/{NEW}/memberOf/$ref /beta/applications /beta/applications/{WIKI}
    /beta/applications/{WIKI}/connectorGroup/$ref /beta/applications/{WIKI}/onPremisesPublishing"""
)
_odd_paths = st.lists(st.one_of(_segments, _ids, _keyed), max_size=6).map("/".join)
paths = st.one_of(_known_paths, st.builds("{}/{}".format, _starts, _odd_paths))

_names = _words(
    """name Name region isDefault machineName status members memberOf id applications connectorGroup displayName tags
    onPremisesPublishing/internalUrl createdDateTime appRoles nonsense * $it @p members/$count""",
    "",
)
_literals = _words(
    f"'Paris' '' 'O''Neill' true null 5 1.5 -1 2031-05-06T07:08:09Z x {NOBODY} duration'P1D' INF ('a','b') ' @p"
)
_operators = _words("eq NE gt in has add div and OR")
_functions = _words("startswith contains substring date x")
_atoms = st.one_of(
    st.builds("{} {} {}".format, _names, _operators, _literals),
    st.builds("{}({},{})".format, _functions, _names, _literals),
    st.builds("{}/{}(m:m/{} eq {})".format, _names, _words("any ALL"), _names, _literals),
    _names,
    _literals,
)
_filters = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.builds("({})".format, inner),
        st.builds("not {}".format, inner),
        st.builds("{} {} {}".format, inner, _words("and or xor"), inner),
    ),
    max_leaves=4,
)
_lists = st.lists(_names, min_size=1, max_size=3).map(",".join)
_expansions = st.recursive(
    _lists, lambda inner: st.builds("{}($expand={};$top=1;$filter={})".format, _names, inner, _filters), max_leaves=3
)
_numbers = _words("0 1 3 100000 -1 x 1e5", "9" * 40)
_options = st.one_of(
    st.builds("{}={}".format, _words("$filter $Filter %24filter filter"), _filters),
    st.builds("$select={}".format, _lists),
    st.builds("$expand={}".format, _expansions),
    st.builds("$orderby={} {}".format, _lists, _words("desc ASC x", "")),
    st.builds("{}={}".format, _words("$top $skip"), _numbers),
    _words(
        f"""$count=true $count=x $skiptoken=ATI $search=x $format=json @p='a' a=b %FF = $id=x
        @id={_TO_A_CONNECTOR} @id={_TO_A_GROUP}"""
    ),
)
queries = st.lists(_options, max_size=3).map("&".join)

_properties = _words(
    """name Name region isDefault id connectorGroupType machineName externalIp version displayName description tags
    isEnabled identifierUris signInAudience onPremisesPublishing internalUrl externalUrl applicationType
    externalAuthenticationType applicationServerTimeout isSecureCookieEnabled singleSignOnSettings singleSignOnMode
    kerberosSignOnSettings kerberosServicePrincipalName onPremisesApplicationSegments corsConfigurations
    verifiedCustomDomainPasswordCredential verifiedCustomDomainKeyCredential trafficRoutingMethod web redirectUris
    implicitGrantSettings publicClient appRoles value keyCredentials passwordCredentials startDateTime key keyId
    customKeyIdentifier info supportUrl uniqueName @odata.type @odata.id @odata.bind nonsense""",
    "",
)
_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 2**40),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
        _words(
            f"""Paris {PARIS} eur Japan adfs nonwebapp passthru https://wiki.contoso.com http://[ 2031-05-06
            2031-05-06T07:08:09Z 2031-05-06T07:08 Default true AAAA 1.5.0.0 203.0.113.9"""
        ),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(_properties, inner, max_size=2)),
    max_leaves=5,
)

_texts = st.one_of(st.text(max_size=8), _words(f"Paris Default {PARIS} true null 5 ~ 'x' https://wiki.contoso.com", ""))
_regions = _words("eur NAM asia Japan")
_moments = _words("2031-05-06T07:08:09Z 2031-05-06T07:08 2031-05-06T07:08:09.1234567+02:00")


def _some(**properties: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with any of these properties."""
    return st.fixed_dictionaries({}, optional=properties)


groups = _some(name=_texts, region=st.one_of(st.none(), _regions), isDefault=st.booleans())
publishings = st.builds(
    lambda said: {"onPremisesPublishing": said},
    st.one_of(
        st.none(),
        _some(
            internalUrl=_texts,
            externalUrl=st.one_of(st.none(), _texts),
            alternateUrl=_texts,
            applicationType=st.one_of(st.none(), _words("nonwebapp quickaccessapp NonWebApp x")),
            applicationServerTimeout=st.one_of(st.none(), _words("Long default x")),
            externalAuthenticationType=_words("passthru AadPreAuthentication"),
            isSecureCookieEnabled=st.one_of(st.none(), st.booleans()),
            trafficRoutingMethod=_words("none nam eur"),
            singleSignOnSettings=_some(
                singleSignOnMode=_words("onPremisesKerberos none saml"),
                kerberosSignOnSettings=_some(kerberosServicePrincipalName=_texts),
            ),
            onPremisesApplicationSegments=st.lists(_some(internalUrl=_texts), max_size=2),
        ),
    ),
)
_credentials = st.lists(_some(displayName=_texts, startDateTime=_moments, keyId=st.just(NOBODY)), max_size=2)
applications = _some(
    displayName=_texts,
    description=st.one_of(st.none(), _texts),
    tags=st.lists(_texts, max_size=2),
    identifierUris=st.lists(_texts, max_size=2),
    signInAudience=_texts,
    web=st.one_of(st.none(), _some(homePageUrl=_texts, redirectUris=st.lists(_texts, max_size=1))),
    publicClient=_some(redirectUris=st.lists(_texts, max_size=1)),
    info=_some(supportUrl=_texts),
    appRoles=st.lists(
        _some(id=st.just(NOBODY), value=_texts, allowedMemberTypes=st.lists(_texts, max_size=1)), max_size=1
    ),
    keyCredentials=_credentials,
    passwordCredentials=_credentials,
)

_objects = st.dictionaries(_properties, _values, max_size=3)
bodies: st.SearchStrategy[Any] = st.one_of(
    _objects,
    groups,
    applications,
    publishings,
    st.sampled_from([*map(to_group, GROUPS), *map(to_connector, CONNECTORS), {"region": "nam"}, {"name": PARIS}]),
    _values,
    st.binary(max_size=8),
    st.none(),
)
