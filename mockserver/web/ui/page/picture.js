// The tenant as a picture: who uses what on the left, one lane for each connector group, and its connectors on the right.

import { html, signal, view } from "./view.js";
import { count } from "./words.js";
import { installConnector, newGroup } from "./actions.js";
import { Icon } from "./icons.js";
import { Lane } from "./lane.js";
import { Lines } from "./lines.js";
import { People } from "./people.js";
import { Traffic, trafficShown } from "./traffic.js";
import { Activity } from "./clock.js";
import { regionName } from "./words.js";
import { refresh, tenant } from "./tenant.js";

const sought = signal("");
const onlyWarned = signal(false);
const MOST = 20;
const most = signal(MOST);

export const Picture = view(() => {
  if (!tenant.value) return html`<${Waiting} />`;
  return html`<${Title} text="Overview" /><${Stage} />`;
});

export const Waiting = () => html`<p class="waiting" role="status">Reading the tenant…</p>`;

export const Title = view(({ text }) => html`<div class="title-row">
  <h1 tabindex="-1">${text}</h1>
  <p class="muted">${tenant.value.about.displayName} · ${tenant.value.about.defaultDomain}</p>
</div>`);

/** The picture itself with what one does to it, as wide as there is room. */
export const Stage = view(() => {
  const picture = tenant.value;
  const lanes = picture.groups.map((group) => narrowed(group, sought.value.trim().toLowerCase())).filter(Boolean);
  const shown = lanes.filter((group) => !onlyWarned.value || group.warnings.length);
  return html`<div class="stage">
    <div class="commands" role="group" aria-label="Commands">
      <button onClick=${newGroup}><${Icon} name="add" />New connector group</button>
      <button onClick=${installConnector}><${Icon} name="connector" />Install connector</button>
      <button aria-expanded=${trafficShown.value} onClick=${() => (trafficShown.value = !trafficShown.value)}><${Icon} name="activity" />Run traffic</button>
      <button onClick=${() => refresh()}><${Icon} name="refresh" />Refresh</button>
      <label class="search"><${Icon} name="search" /><input type="search" placeholder="Search groups, connectors, applications" aria-label="Search groups, connectors and applications"
        value=${sought.value} onInput=${(event) => ((sought.value = event.target.value), (most.value = MOST))} /></label>
    </div>
    <${Tiles} picture=${picture} />
    <${Traffic} />
    <${Activity} />
    <div class="picture">
      <${Lines} />
      <${People} />
      <div class="lanes">
        ${byRegion(shown.slice(0, most.value)).map(
          ([region, groups]) => html`<section class="region" key=${region} aria-label=${region}>
            <h2>${region}</h2>
            ${groups.map((group) => html`<${Lane} key=${group.id} group=${group} />`)}
          </section>`,
        )}
        ${shown.length > most.value &&
        html`<button class="show-more" onClick=${() => (most.value += MOST)}>Show ${count(Math.min(MOST, shown.length - most.value), "more connector group")} of ${shown.length - most.value}</button>`}
        ${!shown.length && html`<p class="empty">${picture.groups.length ? "Nothing fits the search." : "There is no connector group."}</p>`}
      </div>
    </div>
  </div>`;
});

const Tiles = ({ picture }) => {
  const inactive = picture.connectors.filter((each) => each.status !== "active").length;
  const idle = picture.groups.filter((group) => group.idle).flatMap((group) => group.connectors).length;
  return html`<dl class="tiles">
    <${Tile} name="Connector groups" value=${picture.groups.length} />
    <${Tile} name="Connectors" value=${picture.connectors.length} more=${inactive ? `${inactive} inactive` : "all active"} kind=${inactive ? "bad" : "good"} />
    <${Tile} name="Idle pool" value=${idle} more="serving nothing" />
    <${Tile} name="Applications" value=${picture.applications.length} more="published" />
    <div class="tile ${picture.warnings.length ? "warned" : ""}">
      <dt>Warnings</dt>
      <dd><b>${picture.warnings.length}</b>
        <button class="link" aria-pressed=${onlyWarned.value} onClick=${() => (onlyWarned.value = !onlyWarned.value)}>${onlyWarned.value ? "Show all groups" : "Show where"}</button></dd>
    </div>
  </dl>`;
};

const Tile = ({ name, value, more, kind }) => html`<div class="tile"><dt>${name}</dt><dd><b>${value.toLocaleString("en")}</b> ${more && html`<span class=${kind ?? ""}>${more}</span>`}</dd></div>`;

/** The group with what of it holds the text; all of it where its own name does; null where nothing does. */
function narrowed(group, text) {
  if (!text || group.name.toLowerCase().includes(text)) return group;
  const holds = (...texts) => texts.some((each) => each?.toLowerCase().includes(text));
  const connectors = group.connectors.filter((each) => holds(each.machineName, each.externalIp, each.version, each.status));
  const applications = group.applications.filter((each) => holds(each.displayName, each.onPremisesPublishing?.internalUrl, ...each.assignedTo));
  return connectors.length || applications.length ? { ...group, connectors, applications } : null;
}

function byRegion(groups) {
  const found = new Map();
  for (const group of groups) {
    const region = group.idle ? "Idle pool" : group.isDefault ? "Default group" : regionName(group.region);
    found.set(region, [...(found.get(region) ?? []), group]);
  }
  return [...found];
}
