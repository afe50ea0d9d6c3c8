// Who uses the applications: groups, and users that are assigned by themselves.

import { html, signal, view } from "./view.js";
import { Icon } from "./icons.js";
import { lit, point } from "./lines.js";
import { openPanel } from "./panel.js";
import { tenant } from "./tenant.js";
import { count } from "./words.js";

const MOST = 14;
const all = signal(false);

export const People = view(() => {
  const used = assignments(tenant.value.applications);
  const people = tenant.value.people.filter((each) => used.has(each.name) || (each.kind === "group" && each.members.length));
  const shown = all.value ? people : people.slice(0, MOST);
  return html`<section class="people" aria-labelledby="people-title">
    <h2 id="people-title">Users and groups</h2>
    <ul>${shown.map((each) => html`<${Person} key=${each.id} each=${each} applications=${used.get(each.name) ?? []} />`)}</ul>
    ${people.length > MOST && html`<button class="link" onClick=${() => (all.value = !all.value)}>${all.value ? "Show fewer" : `Show ${people.length - MOST} more`}</button>`}
    ${!people.length && html`<p class="empty">Nobody is assigned to an application</p>`}
  </section>`;
});

const Person = view(({ each, applications }) => html`<li class="row person ${lit("person", each)}" data-node=${`p${each.name}`}
  onMouseEnter=${() => point("person", each.name)} onMouseLeave=${() => point(null)}>
  <${Icon} name=${each.kind === "group" ? "people" : "person"} />
  <button class="name" title=${each.shown ?? each.name} onClick=${() => openPerson(each, applications)} onFocus=${() => point("person", each.name)} onBlur=${() => point(null)}>${each.shown ?? each.name}</button>
  ${each.kind === "group" && html`<span class="fact" aria-label=${count(each.members.length, "member")}>${each.members.length}</span>`}
</li>`);

/** Whose name is assigned to which applications. */
export function assignments(applications) {
  const found = new Map();
  for (const each of applications) for (const name of each.assignedTo) found.set(name, [...(found.get(name) ?? []), each]);
  return found;
}

const openPerson = (each, applications) =>
  openPanel({
    title: each.shown ?? each.name,
    subtitle: each.kind === "group" ? `Group of ${count(each.members.length, "member")}` : each.name,
    body: () => html`<div class="fields">
      <h3>Applications</h3>
      ${applications.length ? html`<ul class="plain">${applications.map((one) => html`<li>${one.displayName} <span class="muted">through ${one.group.name}</span></li>`)}</ul>` : html`<p class="empty">None</p>`}
      ${each.kind === "group" && html`<h3>Members</h3><ul class="plain">${each.members.map((name) => html`<li>${name}</li>`)}</ul>`}
    </div>`,
  });
