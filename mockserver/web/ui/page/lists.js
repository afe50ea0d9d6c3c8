// Private network connectors, and enterprise applications: the lists of the admin center, with its columns in its order.

import { chooseGroupFor, deleteGroup, installConnector, newGroup, renameGroup } from "./actions.js";
import { openApplication, openConnector } from "./details.js";
import { html, signal, view } from "./view.js";
import { Icon } from "./icons.js";
import { commandsOf } from "./lane.js";
import { MenuButton } from "./panel.js";
import { Listing, listing } from "./table.js";
import { chooseApplication } from "./traffic.js";
import { refresh, tenant } from "./tenant.js";
import { amount, regionName } from "./words.js";

const Status = ({ status }) => html`<span class="status ${status}"><i aria-hidden="true"></i>${status === "active" ? "Active" : "Inactive"}</span>`;

const CONNECTORS = listing([
  { name: "Group", text: (row) => row.group.name },
  { name: "Connector", text: (row) => row.machineName, cell: (row) => html`<button class="link" onClick=${() => openConnector(row)}>${row.machineName}</button>` },
  { name: "IP address", text: (row) => row.externalIp },
  { name: "Status", text: (row) => row.status, cell: (row) => html`<${Status} status=${row.status} />` },
  { name: "Version", text: (row) => row.version },
  { name: "Country/Region", text: (row) => regionName(row.group.region) },
  { cell: (row) => html`<${MenuButton} label=${`Commands for connector ${row.machineName}`} items=${() => commandsOf(row)} />` },
]);

const GROUPS = listing([
  { name: "Group", text: (row) => row.name, cell: (row) => html`${row.name} ${row.isDefault && html`<span class="tag">Default</span>`}` },
  { name: "Connectors", text: (row) => String(row.connectors.length), cell: (row) => amount(row.connectors.length) },
  { name: "Active", text: (row) => String(row.activeConnectors.length), cell: (row) => amount(row.activeConnectors.length) },
  { name: "Applications", text: (row) => String(row.applications.length), cell: (row) => amount(row.applications.length) },
  { name: "Country/Region", text: (row) => regionName(row.region) },
  { cell: (row) => html`<${MenuButton} label=${`Commands for connector group ${row.name}`} items=${() => [
    { label: "Rename", icon: "console", act: () => renameGroup(row) },
    { label: "Delete", icon: "trash", danger: true, act: () => deleteGroup(row) },
  ]} />` },
]);

const APPLICATIONS = listing([
  { name: "Name", text: (row) => row.displayName, cell: (row) => html`<button class="link" onClick=${() => openApplication(row)}>${row.displayName}</button>` },
  { name: "Connector group", text: (row) => row.group.name },
  { name: "Internal URL", text: (row) => row.onPremisesPublishing?.internalUrl ?? "" },
  { name: "External URL", text: (row) => row.onPremisesPublishing?.externalUrl ?? "" },
  { name: "Users and groups", text: (row) => row.assignedTo.join(", ") },
  { cell: (row) => html`<${MenuButton} label=${`Commands for application ${row.displayName}`} items=${() => [
    { label: "Assign to connector group", icon: "move", act: () => chooseGroupFor(row) },
    { label: "Run traffic", icon: "activity", act: () => ((location.hash = "#overview"), chooseApplication(row.id)) },
  ]} />` },
]);

const tab = signal("connectors");

export const Connectors = view(() => html`
  <div class="title-row"><h1 tabindex="-1">Private network connectors</h1></div>
  <div class="commands" role="group" aria-label="Commands">
    <button onClick=${newGroup}><${Icon} name="add" />New connector group</button>
    <button onClick=${installConnector}><${Icon} name="connector" />Install connector</button>
    <button onClick=${() => refresh("tenant")}><${Icon} name="refresh" />Refresh</button>
  </div>
  <div class="tabs" role="group" aria-label="Lists">
    <button aria-pressed=${tab.value === "connectors"} onClick=${() => (tab.value = "connectors")}>Connectors</button>
    <button aria-pressed=${tab.value === "groups"} onClick=${() => (tab.value = "groups")}>Connector groups</button>
  </div>
  ${tab.value === "connectors"
    ? html`<${Listing} key="connectors" of=${CONNECTORS} rows=${tenant.value?.connectors ?? []} label="Private network connectors" search="Search connectors" empty="No connector is installed." />`
    : html`<${Listing} key="groups" of=${GROUPS} rows=${tenant.value?.groups ?? []} label="Connector groups" search="Search connector groups" empty="There is no connector group." />`}
`);

export const Applications = view(() => html`
  <div class="title-row"><h1 tabindex="-1">Enterprise applications</h1></div>
  <p class="lead">Applications that are published through connectors. <button class="link" onClick=${() => refresh("tenant")}>Refresh</button></p>
  <${Listing} of=${APPLICATIONS} rows=${tenant.value?.applications ?? []} label="Enterprise applications" search="Search applications" empty="No application is published." />
`);
