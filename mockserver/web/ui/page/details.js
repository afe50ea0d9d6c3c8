// The panes that show all there is to know of one thing.

import { html, view } from "./view.js";
import { commandsOf, Heard } from "./lane.js";
import { chooseGroupFor } from "./actions.js";
import { chooseApplication } from "./traffic.js";
import { closePanel, openPanel } from "./panel.js";
import { Icon } from "./icons.js";
import { tenant } from "./tenant.js";
import { regionName } from "./words.js";

const Facts = ({ facts }) => html`<dl class="facts">${facts
  .filter(([, value]) => value !== undefined && value !== null && value !== "")
  .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

export function openConnector({ id }) {
  const found = () => tenant.value.connectors.find((each) => each.id === id);
  const Body = view(() => {
    const connector = found();
    if (!connector) return html`<p class="empty">This connector is gone.</p>`;
    return html`<div class="fields">
      <div class="commands">${commandsOf(connector).filter((each) => each.label !== "Details").map((each) => html`<button class=${each.danger ? "danger" : ""} onClick=${each.act}><${Icon} name=${each.icon} />${each.label}</button>`)}</div>
      <${Facts} facts=${[
        ["Connector", connector.machineName],
        ["Group", connector.group.name],
        ["IP address", connector.externalIp],
        ["Status", html`<span class="status ${connector.status}"><i aria-hidden="true"></i>${connector.status === "active" ? "Active" : "Inactive"}</span>`],
        ["Last heartbeat", html`<${Heard} connector=${connector} full />`],
        ["Version", connector.version],
        ["Country/Region", regionName(connector.group.region)],
        ["Id", html`<code>${connector.id}</code>`],
      ]} />
    </div>`;
  });
  openPanel({ title: found()?.machineName ?? "Connector", subtitle: "Private network connector", body: Body });
}

export function openApplication({ id }) {
  const found = () => tenant.value.applications.find((each) => each.id === id);
  const Body = view(() => {
    const application = found();
    if (!application) return html`<p class="empty">This application is gone, or published no longer.</p>`;
    const said = application.onPremisesPublishing ?? {};
    return html`<div class="fields">
      <div class="commands">
        <button onClick=${() => chooseGroupFor(application)}><${Icon} name="move" />Assign to connector group</button>
        <button onClick=${() => (closePanel(), chooseApplication(id))}><${Icon} name="activity" />Run traffic</button>
      </div>
      <${Facts} facts=${[
        ["Name", application.displayName],
        ["Description", application.description],
        ["Connector group", application.group.name],
        ["Internal URL", said.internalUrl],
        ["External URL", said.externalUrl],
        ["Pre authentication", said.externalAuthenticationType],
        ["Application type", said.applicationType],
        ["Single sign-on", said.singleSignOnSettings?.singleSignOnMode],
        ["Segments", application.segments?.map((each) => each.destinationHost).join(", ")],
        ["Users and groups", application.assignedTo.join(", ") || "Nobody"],
        ["Object ID", html`<code>${application.id}</code>`],
        ["Application ID", application.appId && html`<code>${application.appId}</code>`],
      ]} />
    </div>`;
  });
  openPanel({ title: found()?.displayName ?? "Application", subtitle: "Enterprise application", body: Body });
}

export function openWarnings({ id, name }) {
  const Body = view(() => {
    const group = tenant.value.groups.find((each) => each.id === id);
    const named = new Map([...tenant.value.connectors.map((each) => [each.id, each.machineName]), ...tenant.value.applications.map((each) => [each.id, each.displayName])]);
    return html`<div class="fields">${(group?.warnings ?? []).map(
      (warned) => html`<article class="warned-about">
        <h3><${Icon} name="warning" />${warned.message}</h3>
        <p class="muted"><code>${warned.code}</code></p>
        ${[["Connectors", warned.connectorIds], ["Applications", warned.applicationIds]].map(([what, ids]) => ids?.length > 0 && html`<p><b>${what}:</b> ${ids.slice(0, 20).map((each) => named.get(each) ?? each).join(", ")}${ids.length > 20 ? ` and ${ids.length - 20} more` : ""}</p>`)}
      </article>`,
    )}${!group?.warnings.length && html`<p class="empty">Nothing to warn of any more.</p>`}</div>`;
  });
  openPanel({ title: "Warnings", subtitle: name, body: Body });
}
