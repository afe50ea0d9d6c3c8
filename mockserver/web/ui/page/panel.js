// The pane at the right in which things are shown and asked for, as the admin center does it; menus; confirmations.

import { effect, html, signal, view } from "./view.js";
import { Icon } from "./icons.js";
import { attempt, covered, News } from "./news.js";

/** What is open: `{ title, subtitle?, body, key }` where `body` is a component, or null. */
const open = signal(null);
let numbers = 0;
let returnTo = null;

effect(() => (covered.value = open.value !== null));

export function openPanel(panel) {
  if (!open.peek()) returnTo = document.activeElement;
  open.value = { ...panel, key: ++numbers };
}

export function closePanel() {
  open.value = null;
  returnTo?.isConnected && returnTo.focus();
  returnTo = null;
}

const show = (dialog) => dialog && !dialog.open && dialog.showModal();

export const Panel = view(() => {
  const panel = open.value;
  if (!panel) return null;
  return html`<dialog class="panel ${panel.wide ? "wide" : ""}" key=${panel.key} ref=${show} onClose=${closePanel} aria-labelledby="panel-title"
    onClick=${(event) => event.target === event.currentTarget && closePanel()}>
    <div class="panel-inside">
      <header>
        <h2 id="panel-title">${panel.title}</h2>
        <button class="bare" aria-label="Close" onClick=${closePanel}><${Icon} name="close" /></button>
        ${panel.subtitle && html`<p class="muted">${panel.subtitle}</p>`}
      </header>
      <${panel.body} />
    </div>
    <${News} inPane />
  </dialog>`;
});

/** A form of the pane: fields, the button that sends it, and one that does not. `act` gets the fields as an object. */
export function Form({ children, button, danger, done, act }) {
  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    const said = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    const buttons = form.querySelectorAll(".actions button");
    buttons.forEach((each) => (each.disabled = true));
    const carriedOut = await attempt(done, () => act(said));
    buttons.forEach((each) => (each.disabled = false));
    if (carriedOut) closePanel();
  };
  return html`<form onSubmit=${send}>
    <div class="fields">${children}</div>
    <div class="actions">
      <button type="submit" class=${danger ? "danger" : "primary"}>${button}</button>
      <button type="button" onClick=${closePanel}>Cancel</button>
    </div>
  </form>`;
}

export const Field = ({ label, hint, name, list, options, ...rest }) => html`<label class="field">
  <span>${label}${rest.required && html`<span class="required" aria-hidden="true"> *</span>`}</span>
  ${options
    ? html`<select name=${name} ...${rest}>${options.map(([value, text]) => html`<option value=${value} selected=${value === rest.value}>${text}</option>`)}</select>`
    : html`<input name=${name} autocomplete="off" spellcheck=${false} list=${list && `${name}-list`} ...${rest} />`}
  ${list && html`<datalist id=${`${name}-list`}>${list.map((each) => html`<option value=${each} />`)}</datalist>`}
  ${hint && html`<small>${hint}</small>`}
</label>`;

/** Ask before something goes that does not come back. */
export function confirm({ title, text, button, done, act }) {
  openPanel({ title, body: () => html`<${Form} button=${button} danger done=${done} act=${act}><p>${text}</p><//>` });
}

// Menus.

const menu = signal(null);

/** A button that opens a menu of `items`: `[{ label, icon, act, danger? }]`, made when it opens. */
export function MenuButton({ label, items, disabled }) {
  const toggle = (event) => {
    const button = event.currentTarget;
    menu.value = menu.value?.button === button ? null : { button, label, items: items() };
  };
  return html`<button class="bare more" aria-label=${label} aria-haspopup="menu" title=${label} disabled=${disabled} onClick=${toggle}><${Icon} name="more" /></button>`;
}

export const Menu = view(() => {
  const opened = menu.value;
  if (!opened) return null;
  return html`<div class="menu" role="menu" aria-label=${opened.label} ref=${placed} onKeyDown=${steered} onFocusOut=${left}>
    ${opened.items.map(
      (item) => html`<button role="menuitem" tabindex="-1" class=${item.danger ? "danger" : ""} onClick=${() => chosen(item)}>
        <${Icon} name=${item.icon} />${item.label}
      </button>`,
    )}
  </div>`;
});

function placed(element) {
  if (!element) return;
  const at = menu.peek().button.getBoundingClientRect();
  const [width, height] = [element.offsetWidth, element.offsetHeight];
  const below = at.bottom + height < innerHeight || at.top < height;
  element.style.top = `${below ? at.bottom + 2 : at.top - height - 2}px`;
  element.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  element.firstElementChild?.focus();
}

function steered(event) {
  const items = [...event.currentTarget.children];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (next !== undefined) items[next % items.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") shut();
  else return;
  if (event.key !== "Tab") event.preventDefault();
}

function left(event) {
  const inside = event.currentTarget.contains(event.relatedTarget) || event.relatedTarget === menu.peek()?.button;
  if (!inside) menu.value = null;
}

function shut() {
  const { button } = menu.peek() ?? {};
  menu.value = null;
  button?.focus();
}

function chosen(item) {
  shut();
  item.act();
}
