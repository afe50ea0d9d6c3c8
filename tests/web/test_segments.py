"""Application segments: what a Private Access application stands for (graph_reference 2.6, 3.12)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from web.asking import (
    CALENDAR,
    DOCUMENT,
    FILES,
    LYON,
    NOBODY,
    PLAIN,
    WIKI,
    Mock,
    Reply,
    refusal,
    to_group,
    without_context,
)

A = "/beta/applications"
PROFILES = "/beta/onPremisesPublishingProfiles"
ACCESS, QUICK = "nonwebapp", "quickaccessapp"

TAKEN = (400, "Invalid_AppSegments_Duplicate")
OVERLAPS = (400, "Invalid_AppSegments_NonwebApp_Duplicate")
NO_HOST, NO_IP = (400, "DestinationHost_Invalid"), (400, "DestinationHost_InvalidIP")
NOT_JSON = (400, "InvalidJson_BadRequest")
NOT_FOUND = (404, "Request_ResourceNotFound")


@pytest.fixture
def mock() -> Mock:
    """Wiki and Files are Private Access applications, Calendar is Quick Access, Plain is not published."""
    return accessing("observed")


def accessing(behaviour: str) -> Mock:
    mock = Mock(behaviour, document=DOCUMENT)
    for key, kind in ((WIKI, ACCESS), (FILES, ACCESS), (CALENDAR, QUICK)):
        mock.patch(f"{A}/{key}", {"onPremisesPublishing": {"applicationType": kind, "isAccessibleViaZTNAClient": True}})
    return mock


def segments_of(key: str, kind: str = "ip") -> str:
    configuration = f"{A}/{key}/onPremisesPublishing/segmentsConfiguration"
    return f"{configuration}/microsoft.graph.{kind}SegmentConfiguration/applicationSegments"


def segment(host: str = "files.lab.example", **values: Any) -> dict[str, Any]:
    """A body as the documentation shows it."""
    usual = {"destinationType": "fqdn", "port": 0, "ports": ["445-445", "3389-3389"], "protocol": "tcp"}
    return {"destinationHost": host, **usual, **values}


def added(mock: Mock, said: dict[str, Any], key: str = WIKI) -> str:
    answer = mock.post(segments_of(key), said)

    assert answer.status == 200

    made: str = answer.json()["id"]
    return made


def outcome(answer: Reply) -> Any:
    """What became of it: the refusal, or the kind of destination that was seen in it."""
    return refusal(answer) if answer.status >= 400 else answer.json()["destinationType"]


class TestCreating:
    @pytest.mark.parametrize(
        ("behaviour", "status"), [("observed", 200), ("documented", 201), ("strict", 201), ("observed,U12=201", 201)]
    )
    def test_the_status_is_the_observed_or_the_documented_one(self, behaviour, status):
        """3.12, U-12: the example and TF 200, the page's text 201."""
        assert accessing(behaviour).post(segments_of(WIKI), segment()).status == status

    def test_a_segment_is_answered_as_in_the_sample(self, mock):
        """3.12: LIVE; exclusions and inclusions are in no metadata (2.6)."""
        answer = mock.post(segments_of(WIKI), segment()).json()
        place = f"applications('{WIKI}')/onPremisesPublishing/segmentsConfiguration"

        assert answer.pop("@odata.context") == (
            f"http://localhost:8365/beta/$metadata#{place}/microsoft.graph.ipSegmentConfiguration/applicationSegments/$entity"
        )
        assert answer == {
            **segment(),
            "action": "tunnel",
            "exclusions": None,
            "inclusions": None,
            "id": mock.get(segments_of(WIKI)).ids[0],
        }

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            (segment("10.0.0.1", destinationType="ipAddress"), NOT_JSON),
            (segment("10.0.0.1", destinationType="ip"), "ip"),
            (segment("10.0.0.1", destinationType="IP"), "ip"),
            (segment("10.0.0.1", destinationType="fqdn"), "ip"),
            (segment("10.0.0.1"), "ip"),
            (segment("10.0.0.1..10.0.0.9", destinationType="ip"), "ipRange"),
            (segment("10.0.0.1..10.0.0.1", destinationType="ip"), "ipRange"),
            (segment("10.0.0.0/24", destinationType="ip"), "ipRangeCidr"),
            (segment("10.0.0.1/32", destinationType="fqdn"), "ipRangeCidr"),
            (segment("sql.lab.example", destinationType="ip"), "fqdn"),
            (segment("sql.lab.example", destinationType="ipRange"), "fqdn"),
            (segment("*.lab.example"), "fqdn"),
            (segment("sql"), "fqdn"),
            (segment("10.0.0.1-10.0.0.9", destinationType="ipRange"), NO_IP),
            (segment("2001:db8::1..2001:db8::9", destinationType="ipRange"), NO_HOST),
            (segment("lab.example", destinationType="dnsSuffix"), "dnsSuffix"),
            ({"destinationHost": "lab.example", "destinationType": "dnsSuffix"}, "dnsSuffix"),
            (segment(ports="445-445"), NOT_JSON),
            (segment(ports=445), NOT_JSON),
            (segment(ports=["445"]), (400, "Ports_Invalid")),
            (segment(ports=["445-"]), (400, "Ports_Invalid")),
            (segment(ports=["445-80"]), (400, "Ports_Invalid")),
            (segment(ports=["0-80"]), (400, "Ports_Invalid")),
            (segment(ports=["1-65536"]), (400, "Ports_Invalid")),
            (segment(ports=["http"]), (400, "Ports_Invalid")),
            (segment(ports=["1-65535"]), "fqdn"),
            (segment(protocol="udp"), "fqdn"),
            (segment(protocol="tcp,udp"), "fqdn"),
            (segment(protocol="icmp"), (400, "BadRequest")),
            (segment(destinationType="nonsense"), (400, "BadRequest")),
            (segment(destinationType="unknownFutureValue"), (400, "BadRequest")),
            (segment(nonsense=1), (400, "BadRequest")),
            (segment(port="0"), (400, "BadRequest")),
            (segment(""), NO_HOST),
            ({"ports": ["80-80"]}, NO_HOST),
            ({}, NO_HOST),
            ([], NOT_JSON),
        ],
        ids=lambda each: str(each)[:60],
    )
    def test_a_destination_is_what_its_host_says_or_is_refused(self, mock, said, expected):
        """3.12, row by row: TF, GITOPS, ENTRA."""
        before = mock.tenant
        answer = mock.post(segments_of(WIKI), said)

        assert outcome(answer) == expected
        assert (mock.tenant is before) == isinstance(expected, tuple)

    def test_a_reversed_range_is_no_range(self, mock):
        """3.12: the service fails with 500, which the mock says it does not imitate (`kind_of_host`)."""
        answer = mock.post(segments_of(WIKI), segment("10.0.0.9..10.0.0.1"))

        assert refusal(answer) == NO_IP

    def test_a_wrong_address_is_told_in_the_services_words(self, mock):
        """3.12: TF."""
        answer = mock.post(segments_of(WIKI), segment("10.0.0.1-10.0.0.9"))

        assert answer.json()["error"]["message"] == "IP address invalid"

    def test_a_dns_suffix_has_no_ports_and_no_protocol(self, mock):
        """3.12: LIVE: `0`."""
        made = mock.post(segments_of(WIKI), segment("lab.example", destinationType="dnsSuffix")).json()

        assert (made["ports"], made["protocol"], made["port"]) == ([], "0", 0)

    def test_the_deprecated_port_is_returned_as_zero(self, mock):
        """2.6."""
        assert mock.post(segments_of(WIKI), segment(port=445)).json()["port"] == 0

    @pytest.mark.parametrize(
        ("key", "expected"), [(PLAIN, "Application_NotFound"), (NOBODY, "Request_ResourceNotFound")]
    )
    def test_only_a_published_application_has_segments(self, mock, key, expected):
        """4.3 rule 8."""
        answers = [mock.post(segments_of(key), segment()), mock.get(segments_of(key))]

        assert [refusal(each) for each in answers] == [(404, expected)] * 2

    def test_a_group_without_an_active_connector_does_not_matter(self, mock):
        """3.12: GITOPS names it as a cause of 400, which nobody verified; R48."""
        mock.put(f"{A}/{WIKI}/connectorGroup/$ref", to_group(LYON))

        assert mock.post(segments_of(WIKI), segment()).status == 200


FIRST = {
    "name": segment("files.lab.example", ports=["445-445"]),
    "address": segment("10.0.0.5", ports=["445-445"]),
    "range": segment("10.0.0.1..10.0.0.9", ports=["400-500"]),
    "network": segment("10.0.0.0/24", ports=["1-65535"]),
    "suffix": segment("lab.example", destinationType="dnsSuffix"),
    "six": segment("2001:db8::/64", ports=["445-445"]),
}
MEETING = [
    ("name", segment("files.lab.example", ports=["445-445"]), True),
    ("name", segment("FILES.lab.example", ports=["445-445"]), True),
    ("name", segment("files.lab.example", ports=["80-80", "440-450"]), True),
    ("name", segment("files.lab.example", ports=["445-445"], protocol="tcp,udp"), True),
    ("name", segment("files.lab.example", ports=["446-446"]), False),
    ("name", segment("files.lab.example", ports=["445-445"], protocol="udp"), False),
    ("name", segment("other.lab.example", ports=["445-445"]), False),
    ("address", segment("10.0.0.5", ports=["445-445"]), True),
    ("address", segment("10.0.0.5..10.0.0.5", ports=["445-445"]), True),
    ("address", segment("10.0.0.4/31", ports=["445-445"]), True),
    ("address", segment("10.0.0.6", ports=["445-445"]), False),
    ("range", segment("10.0.0.9..10.0.0.20", ports=["500-600"]), True),
    ("range", segment("10.0.0.9", ports=["450-450"]), True),
    ("range", segment("10.0.0.10", ports=["450-450"]), False),
    ("range", segment("10.0.0.9", ports=["501-600"]), False),
    ("network", segment("10.0.0.255", ports=["1-1"]), True),
    ("network", segment("10.0.0.0/16", ports=["1-1"]), True),
    ("network", segment("10.0.1.0/24", ports=["1-1"]), False),
    ("network", segment("files.lab.example", ports=["1-1"]), False),
    ("suffix", segment("lab.example", destinationType="dnsSuffix"), True),
    ("suffix", segment("other.example", destinationType="dnsSuffix"), False),
    ("six", segment("2001:db8::1", ports=["445-445"]), True),
    ("six", segment("2001:db9::1", ports=["445-445"]), False),
    ("six", segment("10.0.0.1", ports=["445-445"]), False),
]


class TestOverlaps:
    """3.12, behaviour.md 1.2: no overlap between Private Access applications; Quick Access may overlap."""

    @pytest.mark.parametrize(("first", "second", "meet"), MEETING, ids=lambda each: str(each)[:60])
    @pytest.mark.parametrize(("key", "refused"), [(WIKI, TAKEN), (FILES, OVERLAPS), (CALENDAR, None)])
    def test_two_segments_may_not_meet_in_host_and_port(self, mock, first, second, meet, key, refused):
        added(mock, FIRST[first])
        answer = mock.post(segments_of(key), second)

        assert (refusal(answer) if answer.status >= 400 else None) == (refused if meet else None)

    def test_the_refusal_within_an_application_is_told_in_the_services_words(self, mock):
        """3.12."""
        added(mock, segment())
        answer = mock.post(segments_of(WIKI), segment())

        assert answer.json()["error"]["message"] == "Application segment host and port already exists"

    def test_the_refusal_across_applications_names_the_other(self, mock):
        """3.12: GITOPS reads conflictingApplication out of the message."""
        added(mock, segment())
        message = mock.post(segments_of(FILES), segment()).json()["error"]["message"]
        start, _, conflict = message.partition("conflictingApplication=")
        app_id = mock.get(f"{A}/{WIKI}").json()["appId"]

        assert start.startswith("IP address and port overlaps with existing segment on application")
        assert json.loads(conflict) == {"appId": app_id, "objectId": WIKI, "appName": "Wiki"}

    def test_a_segment_does_not_meet_itself(self, mock):
        """3.12: a change that says the same again."""
        made = added(mock, segment())

        assert mock.patch(f"{segments_of(WIKI)}/{made}", segment(ports=["445-445"])).status == 204

    @pytest.mark.parametrize(("key", "refused"), [(WIKI, TAKEN), (FILES, OVERLAPS)])
    def test_a_change_may_not_make_two_segments_meet(self, mock, key, refused):
        added(mock, segment())
        other = added(mock, segment("other.lab.example"), key)
        before = mock.tenant
        answer = mock.patch(f"{segments_of(key)}/{other}", {"destinationHost": "files.lab.example"})

        assert refusal(answer) == refused
        assert mock.tenant is before

    @pytest.mark.parametrize("what", ["segment", "application"])
    def test_what_is_deleted_is_in_nobodys_way(self, mock, what):
        """3.12, 5.13: the reservations that linger for days are not imitated."""
        made = added(mock, segment())
        mock.delete(f"{segments_of(WIKI)}/{made}" if what == "segment" else f"{A}/{WIKI}")

        assert mock.post(segments_of(FILES), segment()).status == 200


class TestReadingAndChanging:
    def test_segments_are_listed_and_read(self, mock):
        """3.12."""
        made = [added(mock, segment(host)) for host in ("a.lab", "b.lab")]
        rows = mock.get(segments_of(WIKI)).json()["value"]

        assert [each["id"] for each in rows] == made
        assert without_context(mock.get(f"{segments_of(WIKI)}/{made[1]}").json()) == rows[1]
        assert mock.get(f"{segments_of(WIKI)}/$count").body == b"2"

    @pytest.mark.parametrize(
        ("change", "found"),
        [
            ({"destinationHost": "10.1.1.1", "destinationType": "ip"}, {"destinationHost": "10.1.1.1"}),
            ({"destinationHost": "10.1.1.1", "destinationType": "ip"}, {"destinationType": "ip"}),
            ({"destinationHost": "10.1.0.0/16"}, {"destinationType": "ipRangeCidr"}),
            ({"destinationType": "ip"}, {"destinationType": "fqdn"}),
            ({"ports": ["80-80"]}, {"ports": ["80-80"], "destinationHost": "files.lab.example", "protocol": "tcp"}),
            ({"ports": []}, {"ports": []}),
            ({"protocol": "udp"}, {"protocol": "udp", "ports": ["445-445", "3389-3389"]}),
            ({"destinationType": "dnsSuffix"}, {"destinationType": "dnsSuffix", "ports": [], "protocol": "0"}),
        ],
    )
    def test_any_part_can_be_changed_alone(self, mock, change, found):
        """3.12, 5.7: what is absent is unchanged, a list is replaced as a whole."""
        made = added(mock, segment())
        answer = mock.patch(f"{segments_of(WIKI)}/{made}", change)
        after = mock.get(f"{segments_of(WIKI)}/{made}").json()

        assert (answer.status, answer.body) == (204, b"")
        assert {name: after[name] for name in found} == found

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"destinationType": "ipAddress"}, NOT_JSON),
            ({"destinationHost": "10.0.0.1-10.0.0.9"}, NO_IP),
            ({"destinationHost": ""}, NO_HOST),
            ({"ports": "80"}, NOT_JSON),
            ({"ports": ["80"]}, (400, "Ports_Invalid")),
            ({"id": NOBODY}, (400, "Request_BadRequest")),
            ({"nonsense": 1}, (400, "BadRequest")),
        ],
    )
    def test_a_wrong_change_is_refused_as_a_wrong_segment_is(self, mock, change, expected):
        """3.12."""
        made = added(mock, segment())

        assert refusal(mock.patch(f"{segments_of(WIKI)}/{made}", change)) == expected

    def test_a_segment_is_deleted(self, mock):
        """3.12."""
        made = added(mock, segment())
        answer = mock.delete(f"{segments_of(WIKI)}/{made}")

        assert (answer.status, answer.body) == (204, b"")
        assert refusal(mock.get(f"{segments_of(WIKI)}/{made}")) == NOT_FOUND

    @pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
    def test_a_segment_is_not_reached_through_another_application(self, mock, method):
        made = added(mock, segment())

        assert refusal(mock.ask(method, f"{segments_of(FILES)}/{made}", {"ports": []})) == NOT_FOUND

    def test_the_application_can_be_expanded(self, mock):
        """3.12, 3.13."""
        made = added(mock, segment())
        path = f"{segments_of(WIKI)}/{made}"
        one = mock.get(f"{path}?$expand=application").json()["application"]
        rows = mock.get(f"{segments_of(WIKI)}?$expand=application($select=id)").json()["value"]

        assert (one["id"], one["displayName"]) == (WIKI, "Wiki")
        assert [each["application"] for each in rows] == [{"id": WIKI}]

    def test_its_publishing_can_be_expanded_with_it(self, mock):
        """4.2: ipapplicationsegment-get.md shows it so."""
        made = added(mock, segment())
        options = "$select=destinationHost&$expand=application($select=id,onPremisesPublishing)"
        found = mock.get(f"{segments_of(WIKI)}/{made}?{options}").json()

        assert found["destinationHost"] == "files.lab.example"
        assert found["application"]["onPremisesPublishing"]["applicationType"] == ACCESS

    @pytest.mark.parametrize(
        "spelled",
        [
            ("ipSegmentConfiguration", "IpSegmentConfiguration"),
            ("microsoft.graph.ipSegmentConfiguration", "Microsoft.Graph.IPSEGMENTCONFIGURATION"),
            ("applicationSegments", "ApplicationSegments"),
            ("onPremisesPublishing/segmentsConfiguration", "OnPremisesPublishing/SegmentsConfiguration"),
            ("/applications/", "//Applications//"),
            ("/segmentsConfiguration/", "//segmentsConfiguration//"),
            (f"/{WIKI}", f"('{WIKI}')"),
        ],
    )
    def test_segments_are_reached_in_any_spelling(self, mock, spelled):
        """0.1, R53: official examples."""
        added(mock, segment())
        path = segments_of(WIKI).replace(*spelled)

        assert path != segments_of(WIKI)
        assert [each["destinationHost"] for each in mock.get(path).json()["value"]] == ["files.lab.example"]

    @pytest.mark.parametrize("kind", ["nonsense", "segment", "connectorGroup"])
    def test_a_kind_of_configuration_that_is_none_leads_nowhere(self, mock, kind):
        path = segments_of(WIKI).replace("ipSegmentConfiguration", kind)

        assert refusal(mock.get(path)) == (400, "BadRequest")


class TestBelowAProfile:
    """1.5: read-only, not contained: the segments of all applications."""

    @pytest.mark.parametrize("profile", ["privateAccess", "applicationProxy", "privateaccess"])
    def test_all_applications_segments_are_there(self, mock, profile):
        made = [added(mock, segment(f"{key[:3]}-{n}.lab"), key) for n, key in enumerate((WIKI, FILES, CALENDAR))]
        path = f"{PROFILES}/{profile}/applicationSegments"

        assert mock.get(path).ids == made
        assert mock.get(f"{path}/$count").body == b"3"
        assert mock.get(f"{path}/{made[1]}").json()["id"] == made[1]

    def test_each_knows_its_application(self, mock):
        """3.12."""
        added(mock, segment(), FILES)
        rows = mock.get(f"{PROFILES}/privateAccess/applicationSegments?$expand=application($select=id)").json()["value"]

        assert [each["application"] for each in rows] == [{"id": FILES}]

    def test_they_can_be_filtered(self, mock):
        """3.13."""
        added(mock, segment("a.lab"))
        made = added(mock, segment("10.0.0.1"))
        path = f"{PROFILES}/privateAccess/applicationSegments?$filter=destinationType eq 'ip'"

        assert mock.get(path).ids == [made]

    @pytest.mark.parametrize(("method", "below"), [("POST", ""), ("PATCH", "/{}"), ("DELETE", "/{}")])
    def test_they_are_not_written_there(self, mock, method, below):
        """1.5: PERM alone lists a PATCH."""
        made = added(mock, segment())
        path = f"{PROFILES}/privateAccess/applicationSegments{below.format(made)}"

        assert refusal(mock.ask(method, path, segment())) == (405, "Request_BadRequest")

    @pytest.mark.parametrize("profile", ["provisioning", "exchangeOnline", "authentication", "intunePfx"])
    def test_other_profiles_have_none(self, mock, profile):
        """R55, U-29."""
        assert refusal(mock.get(f"{PROFILES}/{profile}/applicationSegments")) == (404, "")


WEB = {"internalUrl": "https://a.lab/", "externalUrl": "https://a.example/", "alternateUrl": None}
CORS = {
    "resource": "/api",
    "allowedOrigins": ["https://b.example"],
    "allowedHeaders": ["*"],
    "allowedMethods": ["GET", "PUT"],
    "maxAgeInSeconds": 600,
}


class TestWebSegments:
    """2.6: webApplicationSegment and its contained corsConfigurations."""

    def made(self, mock: Mock) -> str:
        key: str = mock.post(segments_of(PLAIN, "web"), WEB).json()["id"]
        return f"{segments_of(PLAIN, 'web')}/{key}"

    @pytest.fixture
    def mock(self) -> Mock:
        """Plain is a web application here."""
        mock = Mock()
        mock.patch(f"{A}/{PLAIN}", {"onPremisesPublishing": {"internalUrl": "https://plain.lab"}})
        return mock

    def test_one_is_created_and_read(self, mock):
        at = self.made(mock)
        found = without_context(mock.get(at).json())

        assert {name: found[name] for name in WEB} == WEB
        assert mock.get(segments_of(PLAIN, "web")).ids == [found["id"]]

    def test_one_is_changed_and_deleted(self, mock):
        at = self.made(mock)
        answers = [mock.patch(at, {"alternateUrl": "https://c.example/"}), mock.get(at), mock.delete(at), mock.get(at)]

        assert [each.status for each in answers] == [204, 200, 204, 404]
        assert answers[1].json()["alternateUrl"] == "https://c.example/"

    def test_it_has_cors_configurations(self, mock):
        at = f"{self.made(mock)}/corsConfigurations"
        made = mock.post(at, CORS)
        found = without_context(mock.get(f"{at}/{made.json()['id']}").json())

        assert made.status == 201
        assert {name: found[name] for name in CORS} == CORS
        assert mock.get(at).ids == [found["id"]]

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"allowedOrigins": []}, (400, "Request_BadRequest")),
            ({**CORS, "resource": None}, (400, "Request_BadRequest")),
            ({**CORS, "maxAgeInSeconds": "600"}, (400, "BadRequest")),
            ({**CORS, "allowedMethods": "GET"}, NOT_JSON),
            ({**CORS, "nonsense": 1}, (400, "BadRequest")),
        ],
    )
    def test_a_cors_configuration_is_of_a_resource(self, mock, said, expected):
        """2.6: resource is not nullable."""
        assert refusal(mock.post(f"{self.made(mock)}/corsConfigurations", said)) == expected

    def test_a_cors_configuration_is_changed_and_deleted(self, mock):
        at = f"{self.made(mock)}/corsConfigurations"
        key = mock.post(at, CORS).json()["id"]
        answers = [
            mock.patch(f"{at}/{key}", {"maxAgeInSeconds": 5}),
            mock.get(f"{at}/{key}"),
            mock.delete(f"{at}/{key}"),
        ]

        assert [each.status for each in answers] == [204, 200, 204]
        assert answers[1].json()["maxAgeInSeconds"] == 5
        assert mock.get(at).ids == []

    def test_they_are_expanded(self, mock):
        at = self.made(mock)
        mock.post(f"{at}/corsConfigurations", CORS)
        found = mock.get(f"{at}?$expand=corsConfigurations($select=resource)").json()

        assert found["corsConfigurations"] == [{"resource": "/api"}]

    def test_ip_segments_and_web_segments_are_different_things(self, mock):
        """2.6: below their own kind of configuration each."""
        key = self.made(mock).rpartition("/")[2]

        assert refusal(mock.get(f"{segments_of(PLAIN)}/{key}")) == NOT_FOUND
        assert mock.get(segments_of(PLAIN)).ids == []
        assert mock.get(f"{PROFILES}/applicationProxy/applicationSegments").ids == []
