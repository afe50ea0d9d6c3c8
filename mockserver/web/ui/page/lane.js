// One connector group: its applications, itself with what is wrong with it, and its connectors, side by side.

import { html, signal, view } from "./view.js";
import { changeRegion, chooseGroupFor, deleteGroup, moveConnector, assignApplication, renameGroup, startConnector, stopConnector, uninstallConnector } from "./actions.js";
import { dragged, draggable, droppable } from "./drag.js";
import { Icon } from "./icons.js";
import { lit, point } from "./lines.js";
import { MenuButton } from "./panel.js";
import { openApplication, openConnector, openWarnings } from "./details.js";
import { chooseApplication, shareOf, traffic } from "./traffic.js";
import { changed, now } from "./tenant.js";
import { amount, count, length, regionName } from "./words.js";

const FEW = 8;
const STEP = 50;
/** How many of a list are shown, by the list's name, where somebody asked for more than a few. */
const shown = signal({});

export const Lane = view(({ group }) => {
  const take = (thing) => ("machineName" in thing ? moveConnector : assignApplication)(thing, group.id);
  const fits = (thing) => thing.group.id !== group.id;
  const over = dragged.value && fits(dragged.value);
  return html`<article class="lane ${group.idle ? "idle" : ""} ${over ? "target" : ""} ${group.warnings.length ? "warned" : ""} ${group.applications.length && !group.activeConnectors.length ? "down" : ""}" data-group=${group.id} aria-labelledby=${`g-${group.id}`} ...${droppable(fits, take)}>
    <div class="applications">
      <${Some} name=${`a${group.id}`} each=${group.applications} row=${Application} what="application" />
      ${!group.applications.length && html`<p class="empty">${group.isDefault ? "Idle pool: serves no application" : "No application"}</p>`}
    </div>
    <${Hub} group=${group} />
    <div class="connectors">
      <${Some} name=${`c${group.id}`} each=${group.connectors} row=${Connector} what="connector" />
      ${!group.connectors.length && html`<p class="empty">No connector</p>`}
    </div>
  </article>`;
});

const Hub = view(({ group }) => {
  const active = group.activeConnectors.length;
  const all = active + group.inactiveConnectors.length;
  const routed = traffic.value?.groupId === group.id ? traffic.value : null;
  return html`<header class="hub" data-node=${`g${group.id}`} onMouseEnter=${() => point("group", group.id)} onMouseLeave=${() => point(null)}>
    <h3 id=${`g-${group.id}`} title=${group.name}>${group.name}</h3>
    <${MenuButton} label=${`Commands for connector group ${group.name}`} items=${() => [
      { label: "Rename", icon: "console", act: () => renameGroup(group) },
      { label: "Change region", icon: "move", act: () => changeRegion(group) },
      { label: "Delete", icon: "trash", danger: true, act: () => deleteGroup(group) },
    ]} />
    <p class="muted">${group.isDefault ? html`<span class="tag">Default</span> ` : ""}${regionName(group.region)}</p>
    <p class="health">
      <span class="gauge" aria-hidden="true"><i ref=${(bar) => bar && (bar.style.width = `${all ? (100 * active) / all : 0}%`)}></i></span>
      <span><b>${amount(active)}</b> of ${amount(all)} active</span>
    </p>
    ${group.warnings.length > 0 && html`<button class="warning" onClick=${() => openWarnings(group)}>
      <${Icon} name="warning" /><span>${WORDS[group.warnings[0].code] ?? group.warnings[0].code}${group.warnings.length > 1 ? ` +${group.warnings.length - 1}` : ""}</span>
    </button>`}
    ${routed && html`<p class="routed ${routed.failed ? "bad" : "good"}">${routed.failed ? `504 for ${amount(routed.failed)}` : `${amount(routed.served)} served`}</p>`}
  </header>`;
});

const WORDS = {
  noConnector: "No connector",
  noActiveConnector: "No active connector",
  singlePointOfFailure: "Single point of failure",
  inactiveConnectors: "Inactive connectors",
  applicationsOnDefault: "Applications on Default",
  privateAccessOnDefault: "Private Access on Default",
  noApplication: "Serves no application",
  regionMismatch: "Region mismatch",
  versionTooOld: "Version too old",
};

const Some = view(({ name, each, row, what }) => {
  const most = shown.value[name] ?? FEW;
  const rest = each.length - most;
  const show = (number) => (shown.value = { ...shown.value, [name]: number });
  const Row = row;
  return html`<ul>${each.slice(0, rest === 1 ? most + 1 : most).map((thing) => html`<${Row} key=${thing.id} thing=${thing} />`)}</ul>
    ${rest > 1 && html`<button class="link" onClick=${() => show(most + STEP)}>Show ${count(Math.min(STEP, rest), `more ${what}`)}${rest > STEP ? ` of ${amount(rest)}` : ""}</button>`}
    ${most > FEW && each.length > FEW && html`<button class="link" onClick=${() => show(FEW)}>Show fewer</button>`}`;
});

const Application = view(({ thing }) => {
  const chosen = traffic.value?.applicationId === thing.id;
  return html`<li class="row application ${chosen ? "chosen" : ""} ${lit("application", thing)} ${changed.value.has(thing.id) ? "fresh" : ""}" data-node=${`a${thing.id}`} data-id=${thing.id} ...${draggable(thing)}
    onMouseEnter=${() => point("application", thing.id)} onMouseLeave=${() => point(null)}>
    <${Icon} name="application" />
    <button class="name" title=${thing.displayName} onClick=${() => openApplication(thing)} onFocus=${() => point("application", thing.id)} onBlur=${() => point(null)}>${thing.displayName || "(no name)"}</button>
    <${MenuButton} label=${`Commands for application ${thing.displayName}`} items=${() => [
      { label: "Move to…", icon: "move", act: () => chooseGroupFor(thing) },
      { label: "Run traffic", icon: "activity", act: () => chooseApplication(thing.id) },
      { label: "Details", icon: "application", act: () => openApplication(thing) },
    ]} />
  </li>`;
});

const Connector = view(({ thing }) => {
  const share = shareOf(thing.id);
  return html`<li class="row connector ${thing.status} ${thing.stopped ? "stopped" : ""} ${lit("connector", thing)} ${changed.value.has(thing.id) ? "fresh" : ""}" data-node=${`c${thing.id}`} data-id=${thing.id} ...${draggable(thing)}>
    <span class="status ${thing.status}"><i aria-hidden="true"></i>${thing.status === "active" ? "Active" : "Inactive"}</span>
    <button class="name" title=${thing.machineName} onClick=${() => openConnector(thing)}>${thing.machineName}</button>
    <span class="fact ip">${thing.externalIp}</span>
    <span class="fact version">${thing.version}</span>
    <span class="fact heard"><${Heard} connector=${thing} /></span>
    ${share && html`<span class="share"><i ref=${(bar) => bar && (bar.style.width = `${share.percent}%`)}></i><b>${amount(share.requests)}</b></span>`}
    <${MenuButton} label=${`Commands for connector ${thing.machineName}`} items=${() => commandsOf(thing)} />
  </li>`;
});

export const commandsOf = (thing) => [
  thing.stopped
    ? { label: "Start", icon: "play", act: () => startConnector(thing) }
    : { label: "Stop", icon: "stop", act: () => stopConnector(thing) },
  { label: "Move to…", icon: "move", act: () => chooseGroupFor(thing) },
  { label: "Details", icon: "connector", act: () => openConnector(thing) },
  { label: "Uninstall", icon: "trash", danger: true, act: () => uninstallConnector(thing) },
];

/** When a heartbeat was last heard, and what comes of it where none is. */
export const Heard = view(({ connector, full }) => {
  if (connector.updating) return "Updating";
  if (!connector.stopped) return "Heartbeat now";
  const silent = (now.value - connector.heard) / 1000;
  const left = connector.removedAt && (connector.removedAt - now.value) / 1000;
  const whole = `No heartbeat for ${length(silent)}${left ? `; removed in ${length(left)}` : ""}`;
  return html`<span class="silent" title=${whole}>${full ? whole : `Silent ${length(silent, left ? 1 : 2)}${left ? `, gone in ${length(left, 1)}` : ""}`}</span>`;
});
