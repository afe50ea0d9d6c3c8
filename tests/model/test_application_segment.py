"""Application segments: what a host is, and where two of them meet (graph_reference 3.12)."""

from __future__ import annotations

import pytest
from tenants import AT, application, contents, refusal, refused, tenant

from mockserver.core.commands import Create, Delete, Update, apply, apply_all
from mockserver.core.errors import (
    GraphError,
    InvalidBody,
    InvalidHost,
    InvalidIp,
    InvalidPorts,
    MissingProperty,
    SegmentOverlaps,
    SegmentTaken,
)
from mockserver.derive.schemas import Style, read_body
from mockserver.model import MODEL
from mockserver.model.application_segment import kind_of_host

SEGMENT = "ipApplicationSegment"
TENANT = tenant(
    application("wiki", "default", applicationType="nonwebapp"),
    application("files", "default", applicationType="nonwebapp"),
    application("quick", "default", applicationType="quickaccessapp"),
)


def add(key, host, *ports, of="wiki", **others):
    """The command that adds a segment to an application."""
    return Create(SEGMENT, key, AT, {"destinationHost": host, "ports": list(ports)} | others, of)


def added(host, *ports, **others):
    return apply(TENANT, add("new", host, *ports, **others)).get(SEGMENT, "new")


HOSTS = [
    ("10.0.0.1", "ip"),
    ("fe80::1", "ip"),
    ("10.0.0.0/8", "ipRangeCidr"),
    ("10.0.0.1/8", "ipRangeCidr"),
    ("fe80::/64", "ipRangeCidr"),
    ("10.0.0.1..10.0.0.9", "ipRange"),
    ("10.0.0.1..10.0.0.1", "ipRange"),
    ("files.contoso.example", "fqdn"),
    ("*.contoso.example", "fqdn"),
    ("file-server-01", "fqdn"),
    ("10.0.0", "fqdn"),
]
NO_HOSTS = [
    ("10.0.0.1-10.0.0.9", InvalidIp),
    ("10.0.0.9..10.0.0.1", InvalidIp),
    ("10.0.0.1..", InvalidIp),
    ("..10.0.0.1", InvalidIp),
    ("a..b", InvalidIp),
    ("fe80::1..fe80::9", InvalidHost),
    ("10.0.0.1..fe80::9", InvalidHost),
    ("10.0.0.0/33", InvalidHost),
    ("https://wiki/x", InvalidHost),
    ("", InvalidHost),
    ("  ", InvalidHost),
]


class TestHost:
    @pytest.mark.parametrize(("host", "kind"), HOSTS)
    def test_the_type_follows_from_the_host(self, host, kind):
        assert kind == kind_of_host(host)

    @pytest.mark.parametrize(("host", "error"), NO_HOSTS)
    def test_what_is_no_host_is_refused(self, host, error):
        assert error == refused(TENANT, add("new", host, "443-443"))

    @pytest.mark.parametrize("said", ["ip", "ipRange", "fqdn"])
    @pytest.mark.parametrize(("host", "kind"), HOSTS)
    def test_it_does_so_whatever_the_body_said(self, host, kind, said):
        """TF saw the type derived again."""
        assert kind == added(host, "443-443", destinationType=said)["destinationType"]

    def test_a_changed_host_has_another_type(self):
        at = apply(TENANT, add("new", "files.contoso.example", "443-443"))
        after = apply(at, Update(SEGMENT, "new", AT, {"destinationHost": "10.0.0.0/8"})).get(SEGMENT, "new")

        assert "ipRangeCidr" == after["destinationType"]

    def test_the_type_of_the_metadata_for_one_address_is_refused(self):
        """U-12: `ipAddress` is answered as broken JSON, `ip` is taken."""
        assert InvalidBody == refused(TENANT, add("new", "10.0.0.1", "443-443", destinationType="ipAddress"))

    def test_a_suffix_has_neither_ports_nor_protocol(self):
        made = added("contoso.example", "443-443", destinationType="dnsSuffix")

        assert ("dnsSuffix", (), "0") == (made["destinationType"], made["ports"], made["protocol"])

    @pytest.mark.parametrize("host", [None, ""])
    def test_a_suffix_needs_a_name(self, host):
        assert MissingProperty == refused(TENANT, add("new", host, destinationType="dnsSuffix"))

    @pytest.mark.parametrize("suffix", ["a/b", "a..b"])
    def test_a_suffix_of_any_letters_stands_in_nobodys_way(self, suffix):
        at = apply(TENANT, add("suffix", suffix, destinationType="dnsSuffix"))

        assert 2 == len(apply(at, add("new", "10.0.0.1", "443-443", of="files")).all(SEGMENT))


class TestPorts:
    @pytest.mark.parametrize(("sent", "kept"), [("443-443", "443-443"), ("1-65535", "1-65535"), ("80-90", "80-90")])
    def test_a_port_is_returned_as_a_range(self, sent, kept):
        """TF saw it so."""
        assert (kept,) == added("10.0.0.1", sent)["ports"]

    @pytest.mark.parametrize(
        "ports",
        ["", "443", "0", "0-443", "65536", "443-65536", "90-80", "http", "443-", "-443", "1,2", " 443", "443 - 444"],
    )
    def test_what_is_no_range_of_ports_is_refused(self, ports):
        assert InvalidPorts == refused(TENANT, add("new", "10.0.0.1", ports))

    def test_ports_are_written_in_latin_digits(self):
        assert InvalidPorts == refused(TENANT, add("new", "10.0.0.1", "\u0664\u0664\u0663"))

    def test_the_deprecated_port_is_zero(self):
        assert 0 == added("10.0.0.1", "443-443", port=443)["port"]

    def test_the_action_is_to_tunnel(self):
        assert "tunnel" == added("10.0.0.1", "443-443")["action"]

    @pytest.mark.parametrize("protocol", ["tcp,udp", "TCP,UDP"])
    def test_a_protocol_may_be_both(self, protocol):
        """graph_reference 2.6: privateNetworkProtocol is flags."""
        body = {"destinationHost": "10.0.0.1", "protocol": protocol}

        assert "tcp,udp" == read_body(body, MODEL.type(SEGMENT), Style(creating=True))["protocol"]


MEETING = [
    (("10.0.0.1", "443-443"), ("10.0.0.1", "443-443")),
    (("10.0.0.1", "443-443"), ("10.0.0.1", "400-500")),
    (("10.0.0.1", "80-80", "443-443"), ("10.0.0.1", "443-443", "8080-8080")),
    (("10.0.0.0/8", "443-443"), ("10.1.2.3", "443-443")),
    (("10.0.0.1/8", "443-443"), ("10.9.9.9", "443-443")),
    (("10.0.0.0/8", "443-443"), ("10.1.0.0/16", "443-443")),
    (("10.0.0.1..10.0.0.9", "443-443"), ("10.0.0.9", "443-443")),
    (("10.0.0.1..10.0.0.9", "443-443"), ("10.0.0.8/29", "443-443")),
    (("fe80::/64", "443-443"), ("fe80::1", "443-443")),
    (("files.contoso.example", "443-443"), ("FILES.contoso.example", "443-443")),
    (("*.contoso.example", "443-443"), ("*.contoso.example", "443-443")),
]
APART = [
    (("10.0.0.1", "443-443"), ("10.0.0.2", "443-443")),
    (("10.0.0.1", "443-443"), ("10.0.0.1", "444-444")),
    (("10.0.0.1", "443-450"), ("10.0.0.1", "451-460")),
    (("10.0.0.0/16", "443-443"), ("10.1.0.0/16", "443-443")),
    (("10.0.0.1..10.0.0.9", "443-443"), ("10.0.0.10", "443-443")),
    (("10.0.0.1", "443-443"), ("::a00:1", "443-443")),
    (("10.0.0.1", "443-443"), ("files.contoso.example", "443-443")),
    (("files.contoso.example", "443-443"), ("wiki.contoso.example", "443-443")),
    (("*.contoso.example", "443-443"), ("files.contoso.example", "443-443")),
]


class TestOverlap:
    @pytest.mark.parametrize(("one", "other"), [*MEETING, *((other, one) for one, other in MEETING)])
    def test_two_segments_of_an_application_do_not_meet(self, one, other):
        assert SegmentTaken == refused(apply(TENANT, add("one", *one)), add("other", *other))

    @pytest.mark.parametrize(("one", "other"), [*MEETING, *((other, one) for one, other in MEETING)])
    def test_two_segments_of_two_applications_do_not_meet(self, one, other):
        assert SegmentOverlaps == refused(apply(TENANT, add("one", *one)), add("other", *other, of="files"))

    @pytest.mark.parametrize("of", ["wiki", "files"])
    @pytest.mark.parametrize(("one", "other"), [*APART, *((other, one) for one, other in APART)])
    def test_segments_that_do_not_meet_stand_side_by_side(self, one, other, of):
        assert 2 == len(apply_all(TENANT, (add("one", *one), add("other", *other, of=of))).all(SEGMENT))

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [("tcp", "udp", 2), ("tcp,udp", "udp", 1), ("udp", "tcp,udp", 1), ("tcp", "tcp", 1)],
    )
    def test_they_meet_only_where_they_speak_one_protocol(self, one, other, expected):
        at = apply(TENANT, add("one", "10.0.0.1", "443-443", protocol=one))
        command = add("other", "10.0.0.1", "443-443", protocol=other)

        assert expected == (1 if expected == 1 and refused(at, command) else len(apply(at, command).all(SEGMENT)))

    @pytest.mark.parametrize(("one", "other"), [("quick", "wiki"), ("wiki", "quick")])
    def test_quick_access_may_meet_any_other(self, one, other):
        """behaviour.md 1.2."""
        commands = (add("one", "10.0.0.1", "443-443", of=one), add("other", "10.0.0.1", "443-443", of=other))

        assert 2 == len(apply_all(TENANT, commands).all(SEGMENT))

    def test_quick_access_may_be_written_in_any_letter_case(self):
        at = tenant(application("wiki", "default"), application("odd", "default", applicationType="QuickAccessApp"))
        commands = (add("one", "10.0.0.1", "443-443"), add("other", "10.0.0.1", "443-443", of="odd"))

        assert 2 == len(apply_all(at, commands).all(SEGMENT))

    def test_quick_access_does_not_meet_itself(self):
        at = apply(TENANT, add("one", "10.0.0.1", "443-443", of="quick"))

        assert SegmentTaken == refused(at, add("other", "10.0.0.1", "443-443", of="quick"))

    def test_two_suffixes_of_one_name_meet(self):
        at = apply(TENANT, add("one", "contoso.example", destinationType="dnsSuffix"))

        assert SegmentOverlaps == refused(at, add("other", "Contoso.Example", of="files", destinationType="dnsSuffix"))

    def test_the_refusal_names_the_other_application(self):
        """GITOPS reads it out of the text."""
        at = apply(TENANT, add("one", "10.0.0.1", "443-443"))
        message = refusal(at, add("other", "10.0.0.1", "443-443", of="files")).message

        assert message.endswith(
            'conflictingApplication={ "appId": "appId-of-wiki", "objectId": "wiki", "appName": "wiki" }'
        )

    def test_a_segment_does_not_meet_itself(self):
        at = apply(TENANT, add("one", "10.0.0.1", "443-443"))
        after = apply(at, Update(SEGMENT, "one", AT, {"ports": ["443-443", "444-444"]}))

        assert ("443-443", "444-444") == after.get(SEGMENT, "one")["ports"]

    def test_a_segment_cannot_be_moved_onto_another(self):
        at = apply_all(TENANT, (add("one", "10.0.0.1", "443-443"), add("other", "10.0.0.2", "443-443")))

        assert SegmentTaken == refused(at, Update(SEGMENT, "other", AT, {"destinationHost": "10.0.0.1"}))

    def test_a_segment_that_is_gone_stands_in_nobodys_way(self):
        commands = (add("one", "10.0.0.1", "443-443"), Delete(SEGMENT, "one", AT), add("other", "10.0.0.1", "443-443"))

        assert ["other"] == list(apply_all(TENANT, commands).all(SEGMENT))


def test_the_segments_of_a_deleted_application_go_with_it():
    at = apply_all(TENANT, (add("one", "10.0.0.1", "443-443"), Delete("application", "wiki", AT)))

    assert 0 == len(at.all(SEGMENT))


@pytest.mark.parametrize("host", [host for host, _ in NO_HOSTS])
def test_a_refused_segment_changes_nothing(host):
    before = contents(TENANT)
    with pytest.raises(GraphError):
        apply(TENANT, add("new", host, "443-443"))

    assert before == contents(TENANT)
