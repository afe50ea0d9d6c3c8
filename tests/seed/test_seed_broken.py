"""Every mistake that a person makes is found, with its line and its key, and all of them at once."""

from __future__ import annotations

import pytest

from mockserver.model.publishing_profile import PROFILE_IDS
from mockserver.seed.blank import CONTOSO
from mockserver.seed.document import FixtureError, Problem
from mockserver.seed.format import CONNECTOR, USER
from mockserver.seed.ids import Ids

DEFAULT = Ids(CONTOSO["defaultDomain"]).of("connectorGroup", "Default")
GUID = "11111111-1111-4111-8111-111111111111"

LETTERS = "abcdefab-0000-4000-8000-000000000001"
CLIENTS = "tenant:\n  displayName: A\n  defaultDomain: a.b\n  clients:\n"

NO_HOST = "is not a host name, an address, a range of IPv4 addresses (10.0.0.1..10.0.0.9) or a network"

VALUES = {
    "connectors: [{machineName: a, version: 1.5}]": "1.5 is not a version of four numbers, such as 1.5.4522.0",
    "connectors: [{machineName: a, version: 1.5.36}]": "'1.5.36' is not a version of four numbers, such as 1.5.4522.0",
    "connectors: [{machineName: a, version: 1.5.36.x}]":
        "'1.5.36.x' is not a version of four numbers, such as 1.5.4522.0",
    "connectors: [{machineName: a, externalIp: 203.0.113.256}]": "'203.0.113.256' is not an IPv4 or IPv6 address",
    "connectors: [{machineName: a, externalIp: 10}]": "10 is not an IPv4 or IPv6 address",
    "connectors: [{machineName: a, stopped: 'true'}]": "'true' is not true or false",
    "connectors: [{machineName: a, stopped: yes}]": "'yes' is not true or false",
    "connectors: [{machineName: a, stopped: 1}]": "1 is not true or false",
    "connectors: [{machineName: a, stopped: null}]": "null is not true or false",
    "connectors: [{machineName: a, id: 5}]": "5 is not a GUID",
    "connectors: [{machineName: a, id: 11111111111141118111111111111111}]":
        "'11111111111141118111111111111111' is not a GUID",
    "connectors: [{machineName: 5}]": "5 is not a name; put it in quotes",
    "connectors: [{machineName: 1.5}]": "1.5 is not a name; put it in quotes",
    "connectors: [{machineName: true}]": "true is not a name; put it in quotes",
    "connectors: [{machineName: null}]": "null is not a name",
    "connectors: [{machineName: ''}]": "'' is not a name",
    "connectors: [{machineName: '  '}]": "'  ' is not a name",
    'connectors: [{machineName: "a\\0b"}]': "'a\\x00b' is not a name",
    "connectors: [{machineName: [a]}]": "a list is not a name",
    "connectors: [{machineName: {a: b}}]": "a mapping is not a name",
    "rules: {pageSize: 0}": "0 is not a whole number from 1 to 999",
    "rules: {pageSize: 1000}": "1000 is not a whole number from 1 to 999",
    "rules: {pageSize: 5.0}": "5.0 is not a whole number from 1 to 999",
    "rules: {pageSize: '5'}": "'5' is not a whole number from 1 to 999",
    "rules: {pageSize: true}": "true is not a whole number from 1 to 999",
    "rules: {defaultGroupServesApplications: Deny}": "'Deny' is not one of allow, warn, deny; did you mean 'deny'?",
    "connectorGroups: [{name: a, region: EUR}]":
        "'EUR' is not one of nam, eur, aus, asia, ind, japan; did you mean 'eur'?",
    "connectorGroups: [{name: a, region: unknownFutureValue}]":
        "'unknownFutureValue' is not one of nam, eur, aus, asia, ind, japan",
    "users: [{userPrincipalName: amy}]": "'amy' is not a userPrincipalName, such as amy@contoso.onmicrosoft.com",
    "applications: [{displayName: a, createdDateTime: yesterday}]":
        "'yesterday' is not a date and time, such as 2031-05-06T07:08:09Z",
    "applications: [{displayName: a, tags: x}]": "is not a list",
    "applications: [{displayName: a, tags: null}]": "null is not a list",
    "applications: [{displayName: a, web: x}]": "is not a mapping",
    "applications: [{displayName: a, onPremisesPublishing: []}]": "is not a mapping",
    "applications: [{displayName: a, onPremisesPublishing: {isHttpOnlyCookieEnabled: 'no'}}]":
        "'no' is not true or false",
    "applications: [{displayName: a, onPremisesPublishing: {trafficRoutingMethod: null}}]":
        "null is not one of none, random, sessionPersistence, performance",
    f"tenant: {{displayName: A, defaultDomain: a.b, clients: [{{clientId: {GUID}, secret: 5}}]}}":
        "5 is not a text with something in it; put it in quotes",
    f"tenant: {{displayName: A, defaultDomain: a.b, clients: [{{clientId: {GUID}, secret: null}}]}}":
        "null is not a text with something in it",
    f"tenant: {{displayName: A, defaultDomain: a.b, clients: [{{clientId: {GUID}, permissions: null}}]}}":
        "null is not a list",
    f"tenant: {{displayName: A, defaultDomain: a.b, clients: [{{clientId: {GUID}, permissions: [User Read]}}]}}":
        "'User Read' is not a permission, such as Directory.Read.All",
    f"tenant: {{displayName: A, defaultDomain: a.b, clients: [{{clientId: {GUID}, directoryRoles: ['']}}]}}":
        "'' is not a name of at most 100 characters",
    f"users: [{{userPrincipalName: a@b, directoryRoles: [{'x' * 101}]}}]":
        f"'{'x' * 60}...' is not a name of at most 100 characters",
    "users: [{userPrincipalName: a@b, directoryRoles: Reader}]": "is not a list",
    "users: [{userPrincipalName: a@b, password: ''}]": "'' is not a text with something in it",
    "users: [{userPrincipalName: a@b, password: 1234}]": "1234 is not a text with something in it; put it in quotes",
    "tenant: {displayName: A, defaultDomain: https://a.b}":
        "'https://a.b' is not a domain, such as contoso.onmicrosoft.com",
}  # fmt: skip

DURATIONS = ("3 hours", "PT", "P", "P1DT", "PT1.5S", "-PT1S", "P1Y", "P1M", "pt5m", "PT5M ", "P1W2D", "PT100000S", "")

RULES = {
    "users: [{userPrincipalName: a@b, shoeSize: x}]":
        f"1: users[0].shoeSize: unknown key; known are {', '.join(USER.by_name)}",
    "connectors:\n- machineName: a\n  memberof: Default":
        "3: connectors[0].memberof: unknown key; did you mean 'memberOf'?",
    "connectors: [{machineName: a, status: active}]":
        f"1: connectors[0].status: unknown key; known are {', '.join(CONNECTOR.by_name)}",
    "conectors: []": "1: conectors: unknown key; did you mean 'connectors'?",
    "Connectors: []": "1: Connectors: unknown key; did you mean 'connectors'?",
    "applications:\n- displayName: a\n  onPremisesPublishing:\n    internalURL: b":
        "4: applications[0].onPremisesPublishing.internalURL: unknown key; did you mean 'internalUrl'?",
    "connectors:\n- version: 1.2.3.4": "2: connectors[0].machineName: is missing",
    "tenant: {displayName: A}": "1: tenant.defaultDomain: is missing",
    f"{CLIENTS}  - displayName: a": "5: tenant.clients[0].clientId: is missing",
    f"{CLIENTS}  - clientId: demo": "5: tenant.clients[0].clientId: 'demo' is not a GUID",
    f"{CLIENTS}  - a": "5: tenant.clients[0]: is not a mapping",
    f"{CLIENTS}  - clientId: {GUID}\n    clientSecret: a":
        "6: tenant.clients[0].clientSecret: unknown key; did you mean 'secret'?",
    f"{CLIENTS}  - clientId: {GUID}\n    permissions:\n    - User.Read\n    - 5":
        "8: tenant.clients[0].permissions[1]: 5 is not a permission, such as Directory.Read.All",
    f"{CLIENTS}  - clientId: {LETTERS}\n  - displayName: b\n    clientId: {LETTERS.upper()}":
        f"7: tenant.clients[1].clientId: '{LETTERS.upper()}' is that of tenant.clients[0] already",
    "connectors: {machineName: a}": "1: connectors: a mapping is not a list",
    "connectors: a": "1: connectors: 'a' is not a list",
    "tenant: []": "1: tenant: a list is not a mapping",
    "connectors:\n- machineName: a\n- b": "3: connectors[1]: 'b' is not a mapping",
    "connectors:\n- machineName: a\n- machineName: A":
        "3: connectors[1].machineName: 'A' is the machineName of connectors[0] already",
    f"connectors:\n- {{machineName: a, id: {GUID}}}\n- machineName: a":
        "3: connectors[1].machineName: 'a' is the machineName of connectors[0] already",
    f"connectors:\n- {{machineName: a, id: {GUID}}}\n- {{machineName: b, id: {GUID}}}":
        f"3: connectors[1].id: '{GUID}' is the id of connectors[0] already",
    f"connectors:\n- {{machineName: a, id: {GUID}}}\nusers:\n- {{userPrincipalName: a@b, id: {GUID}}}":
        f"4: users[0].id: '{GUID}' is the id of connectors[0] already",
    f"connectorGroups: [{{name: A, id: {DEFAULT}}}]":
        f"1: connectorGroups[0].id: '{DEFAULT}' is the id of the default group already",
    "connectorGroups:\n- name: A\n- name: A":
        "3: connectorGroups[1].name: 'A' is the name of connectorGroups[0] already",
    "groups:\n- displayName: A\n- displayName: A":
        "3: groups[1].displayName: 'A' is the displayName of groups[0] already",
    "applications:\n- displayName: A\n- displayName: A":
        "3: applications[1].displayName: 'A' is the displayName of applications[0] already",
    f"users:\n- userPrincipalName: a@b\n- {{userPrincipalName: A@b, id: {GUID}}}":
        "3: users[1].userPrincipalName: 'A@b' is that of users[0] already",
    f"applications:\n- {{displayName: a, appId: {GUID}}}\n- {{displayName: b, appId: {GUID}}}":
        f"3: applications[1].appId: '{GUID}' is that of applications[0] already",
    "applications:\n- {displayName: a, uniqueName: x}\n- {displayName: b, uniqueName: X}":
        "3: applications[1].uniqueName: 'X' is that of applications[0] already",
    "applications:\n- {displayName: a, onPremisesPublishing: {internalUrl: 'https://A'}}\n"
    "- displayName: b\n  onPremisesPublishing:\n    internalUrl: https://a/":
        "5: applications[1].onPremisesPublishing.internalUrl: 'https://a/' is that of applications[0] already",
    "applications:\n- {displayName: a, onPremisesPublishing: {externalUrl: 'https://a/'}}\n"
    "- {displayName: b, onPremisesPublishing: {externalUrl: 'https://a'}}":
        "3: applications[1].onPremisesPublishing.externalUrl: 'https://a/' is that of applications[0] already",
    "connectors:\n- machineName: a\n  memberOf: DC": "3: connectors[0].memberOf: there is no connector group 'DC'",
    "connectorGroups: [{name: DC-A}]\nconnectors: [{machineName: a, memberOf: DC-B}]":
        "2: connectors[0].memberOf: there is no connector group 'DC-B'; did you mean 'DC-A'?",
    f"connectorGroups: [{{name: A}}, {{name: B}}]\nconnectors: [{{machineName: a, memberOf: {GUID}}}]":
        f"2: connectors[0].memberOf: there is no connector group '{GUID}'",
    f"connectorGroups:\n- {{name: A, id: {GUID}}}\n- {{name: A, id: {GUID[:-1]}2}}\n"
    "connectors: [{machineName: a, memberOf: A}]":
        "4: connectors[0].memberOf: there is more than one connector group 'A'; write the id of the one meant",
    "connectorGroups: [{name: A, connectorGroupType: adfs}]\nconnectors: [{machineName: a, memberOf: A}]":
        "2: connectors[0].memberOf: 'A' is for agents of type adfs only",
    "connectorGroups: [{name: A, connectorGroupType: exchangeOnline}]\n"
    "applications: [{displayName: a, connectorGroup: A, onPremisesPublishing: {}}]":
        "2: applications[0].connectorGroup: 'A' is for agents of type exchangeOnline only",
    "applications: [{displayName: a, connectorGroup: B, onPremisesPublishing: {}}]":
        "1: applications[0].connectorGroup: there is no connector group 'B'",
    "applications:\n- displayName: a\n  connectorGroup: Default":
        "3: applications[0].connectorGroup: only an application with onPremisesPublishing is in a connector group",
    "applications: [{displayName: a, connectorGroup: Default, onPremisesPublishing: null}]":
        "1: applications[0].connectorGroup: only an application with onPremisesPublishing is in a connector group",
    "rules: {defaultGroupServesApplications: deny}\n"
    "applications: [{displayName: a, connectorGroup: Default, onPremisesPublishing: {}}]":
        "2: applications[0].connectorGroup: the rules keep applications off the default group "
        "(defaultGroupServesApplications: deny)",
    "rules: {defaultGroupServesApplications: deny}\napplications: [{displayName: a, onPremisesPublishing: {}}]":
        "2: applications[0].connectorGroup: the rules keep applications off the default group "
        "(defaultGroupServesApplications: deny)",
    "connectorGroups:\n- {name: A, isDefault: true}\n- name: B\n  isDefault: true":
        "4: connectorGroups[1].isDefault: connectorGroups[0] is the default group already",
    "connectorGroups:\n- name: A\n  isDefault: true\n  connectorGroupType: adfs":
        "4: connectorGroups[0].connectorGroupType: the default group is of type applicationProxy",
    "connectorGroups:\n- name: A\n- name: Default":
        "3: connectorGroups[1]: a group named Default is the default one; say isDefault: true",
    "rules: {newConnectors: A}\nconnectorGroups: [{name: A}]":
        "1: rules.newConnectors: 'A' is not the default group, and only that takes them",
    "connectors:\n  - {machineName: a, updateFrom: 2031-05-06T08:00:00Z, updateUntil: 2031-05-06T07:00:00Z}":
        "2: connectors[0].updateUntil: this is before updateFrom",
    "connectors:\n- {machineName: a, updateUntil: 2031-05-06T07:00:00Z}\n"
    "- {machineName: b, memberOf: Default, updateFrom: 2031-05-06T06:59:59Z, updateUntil: 2031-05-06T07:30:00Z}":
        "3: connectors[1].updateFrom: connectors[0] of the same connector group is being updated then",
    "rules: {newConnectors: B}": "1: rules.newConnectors: 'B' is not the default group, and only that takes them",
    "groups:\n- displayName: A\n  members:\n  - a@b": "4: groups[0].members[0]: there is no user 'a@b'",
    "groups: [{displayName: A, members: [a@b, a@b]}]\nusers: [{userPrincipalName: a@b}]":
        "1: groups[0].members[1]: 'a@b' is here twice",
    "applications: [{displayName: a, assignedTo: [Sales]}]\ngroups: [{displayName: Sale}]":
        "1: applications[0].assignedTo[0]: there is no group, user or service principal 'Sales'; did you mean 'Sale'?",
    "applications: [{displayName: a, assignedTo: [S, S]}]\ngroups: [{displayName: S}]":
        "1: applications[0].assignedTo[1]: 'S' is here twice",
    "applications: [{displayName: a, assignedTo: [S], servicePrincipal: null}]\ngroups: [{displayName: S}]":
        "1: applications[0].assignedTo: without a service principal it is assigned to nobody",
    f"applications:\n- {{displayName: a, servicePrincipal: {{id: {GUID}}}}}\n"
    f"- {{displayName: b, servicePrincipal: {{id: {GUID}}}}}":
        f"3: applications[1].servicePrincipal.id: '{GUID}' is the id of applications[0].servicePrincipal already",
    "onPremisesPublishingProfiles:\n- id: applicationProxy\n- id: applicationProxy":
        "3: onPremisesPublishingProfiles[1].id: 'applicationProxy' is that of onPremisesPublishingProfiles[0] already",
    "applications:\n- {displayName: a, onPremisesPublishing: {applicationType: nonwebapp}}\n"
    "- {displayName: a, onPremisesPublishing: {applicationType: nonwebapp}}":
        "3: applications[1].displayName: 'a' is the displayName of applications[0] already",
    "onPremisesPublishingProfiles: [{id: other}]":
        f"1: onPremisesPublishingProfiles[0].id: 'other' is not one of {', '.join(PROFILE_IDS)}, or a GUID",
}  # fmt: skip

LATE_RULES = {
    "agents: [{machineName: a, profile: applicationProxy}]":
        "1: agents[0].profile: 'applicationProxy' has no agents",
    "agentGroups: [{displayName: a, profile: privateAccess}]":
        "1: agentGroups[0].profile: 'privateAccess' has no agentGroups",
    "sensors:\n- machineName: a\n  profile: provisioning":
        "3: sensors[0].profile: 'provisioning' has no sensors",
    "connectors:\n- {machineName: a, profile: privateAccess}":
        "2: connectors[0].profile: 'privateAccess' has no connectors",
    f"agents: [{{machineName: a, profile: {GUID}}}]":
        f"1: agents[0].profile: there is no publishing profile '{GUID}'",
    "onPremisesPublishingProfiles: [{id: provisioning, exists: false}]\nagents: [{machineName: a}]":
        "2: agents[0].profile: there is no publishing profile 'provisioning'",
    "onPremisesPublishingProfiles: [{id: applicationProxy, exists: false}]\nrules: {newConnectors: Default}":
        "2: rules.newConnectors: 'Default' is not the default group, and only that takes them",
    "connectorGroups: [{name: A, isDefault: true, profile: privateAccess}]":
        ["1: connectorGroups[0].profile: 'privateAccess' has no connectorGroups",
         "1: connectorGroups[0].profile: the default group is in the profile applicationProxy"],
    "agentGroups: [{displayName: HR}]\nagents: [{machineName: a, agentGroups: [HQ]}]":
        "2: agents[0].agentGroups[0]: there is no agent group of provisioning 'HQ'",
    "agentGroups: [{displayName: HR}]\nagents: [{machineName: a, profile: authentication, agentGroups: [HR]}]":
        "2: agents[0].agentGroups[0]: there is no agent group of authentication 'HR'",
    "agentGroups: [{displayName: HR}]\npublishedResources: [{displayName: a, agentGroups: [HR, HR]}]":
        "2: publishedResources[0].agentGroups[1]: 'HR' is here twice",
    "agentGroups:\n- displayName: HR\n- displayName: HR":
        "3: agentGroups[1].displayName: 'HR' is the displayName of agentGroups[0] already",
    "agents: [{machineName: ' '}]": "1: agents[0].machineName: ' ' is not a name",
    "agents: [{machineName: a, status: asleep}]":
        "1: agents[0].status: 'asleep' is not one of active, inactive",
    "groups: [{displayName: null}]": "1: groups[0].displayName: null is not a name",
    "users: [{userPrincipalName: amy}]":
        "1: users[0].userPrincipalName: 'amy' is not a userPrincipalName, such as amy@contoso.onmicrosoft.com",
    "connectors: [{machineName: a, memberOf: Default, withoutGroup: true}]":
        "1: connectors[0].withoutGroup: it is in a group, says its memberOf",
    f"applicationTemplates:\n- {{id: {GUID}}}\n- {{id: {GUID}}}":
        f"3: applicationTemplates[1].id: '{GUID}' is that of applicationTemplates[0] already",
    f"order:\n- {GUID}": f"2: order[0]: there is nothing here that has the id '{GUID}'",
    f"users: [{{userPrincipalName: a@b, id: {GUID}}}]\norder:\n- {GUID}\n- {GUID}":
        f"4: order[1]: '{GUID}' is here twice",
    "order: [5]": "1: order[0]: 5 is not a GUID",
    f"order: {GUID}": f"1: order: '{GUID}' is not a list",
}  # fmt: skip

OF_APPLICATIONS = {
    "segments: [{ports: [443]}]": "segments[0].destinationHost: is missing",
    "segments: [{destinationHost: ''}]": f"segments[0].destinationHost: '' {NO_HOST}",
    "segments: [{destinationHost: 10.0.0.1-10.0.0.9}]": f"segments[0].destinationHost: '10.0.0.1-10.0.0.9' {NO_HOST}",
    "segments: [{destinationHost: 10.0.0.9..10.0.0.1}]": f"segments[0].destinationHost: '10.0.0.9..10.0.0.1' {NO_HOST}",
    "segments: [{destinationHost: 10.0.0.0/33}]": f"segments[0].destinationHost: '10.0.0.0/33' {NO_HOST}",
    "segments: [{destinationHost: a.example, ports: [443, 70000]}]":
        "segments[0].ports: '70000-70000' is no port or range of ports",
    "segments: [{destinationHost: a.example, ports: [9-1]}]": "segments[0].ports: '9-1' is no port or range of ports",
    "segments: [{destinationHost: a.example, ports: [1.5]}]":
        "segments[0].ports[0]: 1.5 is not a port or a range of ports, such as 443 or 8000-8010",
    "segments: [{destinationHost: a.example, ports: 443}]": "segments[0].ports: is not a list",
    "segments: [{destinationHost: a.example, protocol: icmp}]":
        "segments[0].protocol: 'icmp' is not one or more of tcp, udp, 0, with commas between them",
    "segments: [{destinationHost: 10.0.0.1, destinationType: fqdn}]":
        "segments[0].destinationType: 'fqdn' is not what '10.0.0.1' is; that is 'ip'",
    "segments: [{destinationHost: 10.0.0.1, destinationType: ipAddress}]":
        "segments[0].destinationType: 'ipAddress' is not what '10.0.0.1' is; that is 'ip'",
    "segments: [{destinationHost: a.example}, {destinationHost: A.example}]":
        "segments[1].destinationHost: overlaps with applications[0].segments[0]",
    "segments: [{destinationHost: 10.0.0.0/8, ports: [1-99]}, {destinationHost: 10.1.1.1, ports: [8], overlaps: true}]":
        "segments[1].destinationHost: overlaps with applications[0].segments[0]",
    "segments: [{destinationHost: a/, destinationType: dnsSuffix}, {destinationHost: A/, destinationType: dnsSuffix}]":
        "segments[1].destinationHost: overlaps with applications[0].segments[0]",
    f"segments: [{{destinationHost: a.example, id: {GUID}}}, {{destinationHost: b.example, id: {GUID}}}]":
        f"segments[1].id: '{GUID}' is the id of applications[0].segments[0] already",
    "webSegments: [{externalURL: x}]": "webSegments[0].externalURL: unknown key; did you mean 'externalUrl'?",
    "webSegments: [{corsConfigurations: [{maxAgeInSeconds: 5}]}]":
        "webSegments[0].corsConfigurations[0].resource: is missing",
    f"webSegments: [{{id: {GUID}, corsConfigurations: [{{id: {GUID}, resource: /}}]}}]":
        f"webSegments[0].corsConfigurations[0].id: '{GUID}' is the id of applications[0].webSegments[0] already",
    "assignedTo: [{role: User}]": "assignedTo[0].to: is missing",
    "assignedTo: [[a]]": "assignedTo[0]: a list is not a name",
    "assignedTo: [{to: b}]": "assignedTo[0].to: there is no group, user or service principal 'b'",
    "assignedTo: [{to: S, role: Usr}]": "assignedTo[0].role: there is no role 'Usr'; did you mean 'User'?",
    f"assignedTo: [{{to: S, role: {GUID}}}]": f"assignedTo[0].role: there is no role '{GUID}'",
    "assignedTo: [S, {to: S, role: User}]": "assignedTo[1]: 'S' is here twice",
    f"assignedTo: [{{to: S, id: {GUID}}}, {{to: a, id: {GUID}}}]":
        f"assignedTo[1].id: '{GUID}' is the id of applications[0].assignedTo[0] already",
    f"appRoles: [{{id: {GUID}, value: R}}, {{id: {GUID[:-1]}2, value: R}}], assignedTo: [{{to: S, role: R}}]":
        "assignedTo[0].role: there is more than one role 'R'; write the id of the one meant",
    "withoutGroup: true, connectorGroup: Default, onPremisesPublishing: {}":
        "withoutGroup: it is in a group, says its connectorGroup",
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), VALUES.items(), ids=range(len(VALUES)))
def test_a_value_of_the_wrong_kind_is_refused(problems_of, text, message):
    (problem,) = problems_of(text)

    assert problem.endswith(f": {message}")


@pytest.mark.parametrize("text", DURATIONS)
def test_a_duration_is_of_a_fixed_length_and_whole(problems_of, text):
    (problem,) = problems_of(f"connectors: [{{machineName: a, lastHeartbeat: '{text}'}}]")

    assert f"1: connectors[0].lastHeartbeat: {text!r} is not an ISO 8601 duration, such as PT0S, PT3H or P2D" == problem


@pytest.mark.parametrize(("text", "problem"), RULES.items(), ids=range(len(RULES)))
def test_a_document_that_cannot_be_a_tenant_is_refused(problems_of, text, problem):
    assert [problem] == problems_of(text)


@pytest.mark.parametrize(("text", "problems"), LATE_RULES.items(), ids=range(len(LATE_RULES)))
def test_what_profiles_contain_is_judged_as_strictly(problems_of, text, problems):
    assert (problems if isinstance(problems, list) else [problems]) == problems_of(text)


@pytest.mark.parametrize(("row", "problem"), OF_APPLICATIONS.items(), ids=range(len(OF_APPLICATIONS)))
def test_what_stands_inside_of_an_application_is_judged_as_strictly(problems_of, row, problem):
    text = f"applications: [{{displayName: a, {row}}}]\ngroups: [{{displayName: S}}]"

    assert [f"1: applications[0].{problem}"] == problems_of(text)


def test_segments_of_two_applications_overlap_only_with_quick_access(problems_of, loaded):
    text = """
        applications:
        - {displayName: a, onPremisesPublishing: {applicationType: KIND}, segments: [{destinationHost: 10.0.0.0/8}]}
        - displayName: b
          segments: [{destinationHost: 10.1.0.0/16}, {destinationHost: 10.2.0.0/16, overlaps: true}]
    """
    problem = "overlaps with applications[0].segments[0]; only those of Quick Access may overlap with others"

    assert [f"5: applications[1].segments[0].destinationHost: {problem}"] == problems_of(
        text.replace("KIND", "nonwebapp")
    )
    assert len(loaded(text.replace("KIND", "quickaccessapp")).all("ipApplicationSegment")) == 3


def test_all_problems_come_at_once_in_the_order_of_the_text(problems_of):
    text = """
        rules: {defaultGroupServesApplications: no}
        connectors:
          - {machineName: a, version: 1}
          - {machineName: b, memberOf: DC}
          - {machineName: 5}
        users:
          - {userPrincipalName: a@b}
          - {userPrincipalName: a@b}
    """

    assert ["2", "4", "5", "6", "9"] == [problem.partition(":")[0] for problem in problems_of(text)]


def test_what_is_wrong_with_a_row_does_not_make_others_wrong(problems_of):
    text = """
        connectorGroups: [{name: Paris, region: europe}]
        connectors: [{machineName: a, memberOf: Paris}]
        applications: [{displayName: a, connectorGroup: Paris, onPremisesPublishing: 5, assignedTo: [5, a@b]}]
        users: [{userPrincipalName: a@b, id: x}]
    """

    assert ["connectorGroups[0].region", "applications[0].onPremisesPublishing", "applications[0].assignedTo[0]",
            "users[0].id"] == [problem.split(": ")[1] for problem in problems_of(text)]  # fmt: skip


def test_a_problem_prints_as_file_line_key_and_message():
    message = "there is no connector group 'DC'"

    assert str(Problem("file.yaml", 12, "connectors[3].memberOf", message)) == (
        "file.yaml:12: connectors[3].memberOf: there is no connector group 'DC'"
    )
    assert str(Problem("", None, "connectors[3].memberOf", message)) == f"connectors[3].memberOf: {message}"
    assert str(Problem("a.yaml", None, "", "is empty")) == "a.yaml: is empty"


def test_a_document_that_is_values_has_problems_with_keys_only(loaded):
    document = {"connectors": [{"machineName": "a", "memberOf": "DC"}, {"version": 5}], "usres": []}
    with pytest.raises(FixtureError) as caught:
        loaded(document)

    version = "5 is not a version of four numbers, such as 1.5.4522.0"
    assert {
        Problem("", None, "usres", "unknown key; did you mean 'users'?"),
        Problem("", None, "connectors[1].machineName", "is missing"),
        Problem("", None, "connectors[1].version", version),
        Problem("", None, "connectors[0].memberOf", "there is no connector group 'DC'"),
    } == set(caught.value.problems)


@pytest.mark.parametrize("document", [{7: 8}, {"users": [{7: 8, "userPrincipalName": "a@b"}]}])
def test_a_key_that_is_no_text_is_unknown(problems_of, document):
    (problem,) = problems_of(document)

    assert "unknown key" in problem


def test_the_error_says_all_its_problems(loaded):
    with pytest.raises(FixtureError, match=r"(?s)<text>:1: a: unknown key.*<text>:2: b: unknown key"):
        loaded("a: 1\nb: 2")


def test_after_a_hundred_wrong_references_there_are_no_more_suggestions(problems_of):
    rows = "".join(f"- {{machineName: m{at}, memberOf: Pari{at}}}\n" for at in range(120))
    problems = problems_of(f"connectorGroups: [{{name: Paris}}]\nconnectors:\n{rows}")

    assert len(problems) == 120
    assert 100 == sum("did you mean 'Paris'?" in problem for problem in problems)
