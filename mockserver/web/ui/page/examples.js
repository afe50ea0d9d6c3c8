// Requests to begin with, in the console. `{connector}`, `{group}` and the like stand for ids of the tenant that is shown.

const PROXY = "/beta/onPremisesPublishingProfiles/applicationProxy";

export const EXAMPLES = [
  ["Connector groups", [
    ["List connector groups", "GET", `${PROXY}/connectorGroups`],
    ["Find the default group", "GET", `${PROXY}/connectorGroups?$filter=isDefault eq true`],
    ["A group with its connectors and applications", "GET", `${PROXY}/connectorGroups/{group}?$expand=members,applications`],
    ["Create a connector group", "POST", `${PROXY}/connectorGroups`, { name: "Madrid Office", region: "eur" }],
    ["Rename a connector group", "PATCH", `${PROXY}/connectorGroups/{group}`, { name: "A better name" }],
    ["Delete the default group (refused)", "DELETE", `${PROXY}/connectorGroups/{default}`],
  ]],
  ["Private network connectors", [
    ["List connectors", "GET", `${PROXY}/connectors`],
    ["Inactive connectors", "GET", `${PROXY}/connectors?$filter=status eq 'inactive'&$select=machineName,status,version`],
    ["Search by name", "GET", `${PROXY}/connectors?$filter=startswith(machineName,'par')&$orderby=machineName`],
    ["How many", "GET", `${PROXY}/connectors/$count`],
    ["Which group a connector is in", "GET", `${PROXY}/connectors/{connector}/memberOf`],
    ["Move a connector", "POST", `${PROXY}/connectors/{connector}/memberOf/$ref`, { "@odata.id": "{root}beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups/{group}" }],
  ]],
  ["Applications", [
    ["List applications", "GET", "/beta/applications?$top=5&$select=id,displayName"],
    ["How an application is published", "GET", "/beta/applications/{application}?$select=id,displayName,onPremisesPublishing"],
    ["The connector group of an application", "GET", "/beta/applications/{application}/connectorGroup"],
    ["Assign to a connector group", "PUT", "/beta/applications/{application}/connectorGroup/$ref", { "@odata.id": "{root}beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups/{group}" }],
    ["Back to the default group", "DELETE", "/beta/applications/{application}/connectorGroup/$ref"],
  ]],
  ["Others", [
    ["What there is", "GET", "/beta/$metadata?$format=json"],
    ["Two requests in one", "POST", "/beta/$batch", { requests: [{ id: "1", method: "GET", url: "/onPremisesPublishingProfiles/applicationProxy/connectors/$count" }, { id: "2", method: "GET", url: "/users?$top=2" }] }],
    ["v1.0 knows no profiles (refused)", "GET", "/v1.0/onPremisesPublishingProfiles"],
  ]],
];

/** The text with ids of the tenant in the place of `{...}`. */
export function filledIn(text, tenant, root) {
  const group = tenant?.groups.find((each) => !each.isDefault) ?? tenant?.groups[0];
  const ids = {
    root,
    group: group?.id,
    default: tenant?.groups.find((each) => each.isDefault)?.id,
    connector: tenant?.connectors[0]?.id,
    application: tenant?.applications[0]?.id,
  };
  return text.replace(/\{(\w+)\}/g, (whole, name) => ids[name] ?? whole);
}
