// What can be done to the tenant, each by the same call that a tool would make: the Graph where it can, else the control API.

import { control, graph, groupAddress } from "./api.js";
import { attempt, tell } from "./news.js";
import { refresh, tenant } from "./tenant.js";
import { closePanel, confirm, Field, Form, openPanel } from "./panel.js";
import { html } from "./view.js";
import { count, regionName, regions } from "./words.js";

const PROXY = "beta/onPremisesPublishingProfiles/applicationProxy";

const then = async (action) => {
  const result = await action;
  refresh("tenant", "journal");
  return result;
};

export const groupChoices = () => tenant.value.groups.map((group) => [group.id, group.name + (group.isDefault ? " (default)" : "")]);
const groupOf = (id) => tenant.value.groups.find((each) => each.id === id);

// Connectors.

export const moveConnector = (connector, id) =>
  attempt(`${connector.machineName} is in ${groupOf(id)?.name} now.`, () =>
    then(graph("POST", `${PROXY}/connectors/${connector.id}/memberOf/$ref`, { "@odata.id": groupAddress(id) })),
  );

export const stopConnector = (connector) =>
  attempt(`${connector.machineName} sends no more heartbeats.`, () => then(control("POST", `connectors/${connector.id}/stop`)));

export const startConnector = (connector) =>
  attempt(`${connector.machineName} sends heartbeats.`, () => then(control("POST", `connectors/${connector.id}/start`)));

export const uninstallConnector = (connector) =>
  confirm({
    title: "Uninstall connector",
    text: `${connector.machineName} leaves ${connector.group.name} for good.`,
    button: "Uninstall",
    done: `${connector.machineName} is uninstalled.`,
    act: () => then(control("DELETE", `connectors/${connector.id}`)),
  });

export function installConnector() {
  const there = tenant.value.groups.find((group) => group.isDefault);
  openPanel({
    title: "Install connector",
    subtitle: `As its setup program would. It lands in ${there?.name ?? "the default group"} and is idle until it is moved.`,
    body: () => html`<${Form} button="Install" done=${(made) => `${made.machineName} is installed.`} act=${(said) => then(control("POST", "connectors", given(said)))}>
      <${Field} label="Machine name" name="machineName" required maxlength="256" placeholder="dc-a-01.contoso.com" autofocus />
      <${Field} label="IP address" name="externalIp" placeholder="203.0.113.10" hint="Public, as the service sees it." />
      <${Field} label="Version" name="version" placeholder="1.5.4522.0" hint="Left out: the newest." />
    <//>`,
  });
}

export function chooseGroupFor(thing) {
  const isConnector = "machineName" in thing;
  const name = isConnector ? thing.machineName : thing.displayName;
  openPanel({
    title: isConnector ? "Move to connector group" : "Assign to connector group",
    subtitle: `${name} is in ${thing.group.name}.`,
    body: () => html`<${Mover} thing=${thing} move=${isConnector ? moveConnector : assignApplication} button=${isConnector ? "Move" : "Save"} />`,
  });
}

const Mover = ({ thing, move, button }) => {
  const send = async (event) => {
    event.preventDefault();
    if (await move(thing, new FormData(event.target).get("group"))) closePanel();
  };
  return html`<form onSubmit=${send}>
    <div class="fields"><${Field} label="Connector group" name="group" options=${groupChoices()} value=${thing.group.id} autofocus /></div>
    <div class="actions">
      <button type="submit" class="primary">${button}</button>
      <button type="button" onClick=${closePanel}>Cancel</button>
    </div>
  </form>`;
};

// Applications.

export const assignApplication = (application, id) =>
  attempt(`${application.displayName} is assigned to ${groupOf(id)?.name}.`, () =>
    then(graph("PUT", `beta/applications/${application.id}/connectorGroup/$ref`, { "@odata.id": groupAddress(id) })),
  );

// Connector groups.

export function newGroup() {
  const choices = [["", "Tenant's region"], ...regions.map((each) => [each, regionName(each)])];
  openPanel({
    title: "New connector group",
    body: () => html`<${Form} button="Create" done=${(made) => `Connector group ${made.name} is created.`} act=${(said) => then(graph("POST", `${PROXY}/connectorGroups`, given(said)))}>
      <${Field} label="Name" name="name" required maxlength="256" autofocus />
      <${Field} label="Country/Region" name="region" options=${choices} hint="Cannot be changed once the group has connectors or applications." />
    <//>`,
  });
}

export function renameGroup(group) {
  openPanel({
    title: "Rename connector group",
    body: () => html`<${Form} button="Save" done="The connector group is renamed." act=${(said) => then(graph("PATCH", `${PROXY}/connectorGroups/${group.id}`, said))}>
      <${Field} label="Name" name="name" required maxlength="256" value=${group.name} autofocus />
    <//>`,
  });
}

export function changeRegion(group) {
  const choices = regions.map((each) => [each, regionName(each)]);
  openPanel({
    title: "Change region",
    subtitle: `Of ${group.name}. The service refuses it while the group has connectors or applications.`,
    body: () => html`<${Form} button="Save" done="The region is changed." act=${(said) => then(graph("PATCH", `${PROXY}/connectorGroups/${group.id}`, said))}>
      <${Field} label="Country/Region" name="region" options=${choices} value=${group.region} autofocus />
    <//>`,
  });
}

export const deleteGroup = (group) =>
  confirm({
    title: "Delete connector group",
    text: group.connectors.length || group.applications.length
      ? `${group.name} has ${count(group.connectors.length, "connector")} and ${count(group.applications.length, "application")}; the service deletes empty groups only.`
      : `${group.name} is empty. Deleting it cannot be undone.`,
    button: "Delete",
    done: `Connector group ${group.name} is deleted.`,
    act: () => then(graph("DELETE", `${PROXY}/connectorGroups/${group.id}`)),
  });

// The clock.

export const advance = (by) =>
  attempt(
    (happened) => `The clock shows ${happened.now}; ${count(happened.events.length, "event")}.`,
    async () => {
      const happened = await control("POST", "clock/advance", by);
      tell(happened.events);
      refresh("clock", "tenant");
      return happened;
    },
  );

export const setClock = (mode) =>
  attempt(mode === "frozen" ? "The clock stands still." : "The clock goes on.", async () => {
    await control("PATCH", "clock", { mode });
    refresh("clock");
  });

/** The fields that were filled in. */
export const given = (said) => Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ""));
