// The lines between people, applications, connector groups and connectors: drawn behind the rows, from where these are.

import { Component, effect, h, html, signal } from "./view.js";
import { assignments } from "./people.js";
import { tenant } from "./tenant.js";
import { traffic } from "./traffic.js";

/** What is pointed at: `{ kind, id }`, or null. */
const pointed = signal(null);
export const point = (kind, id) => (pointed.value = kind && { kind, id });

/** Beyond so many lines of assignments only those of what is pointed at are drawn. */
const MOST = 250;
const NARROW = 900;

/** `lit` or `dimmed` for a row, as it belongs to what is pointed at or not. */
export function lit(kind, thing) {
  const at = pointed.value;
  if (!at || at.kind === "group") return "";
  if (kind === "connector") return "";
  const own = at.kind === kind && at.id === (kind === "person" ? thing.name : thing.id);
  return own || related(at, kind, thing) ? "lit" : at.kind === "person" || kind === "person" ? "dimmed" : "";
}

function related(at, kind, thing) {
  if (at.kind === "person" && kind === "application") return thing.assignedTo.includes(at.id);
  if (at.kind === "application" && kind === "person") {
    return tenant.value.applications.find((each) => each.id === at.id)?.assignedTo.includes(thing.name);
  }
  return false;
}

export class Lines extends Component {
  componentDidMount() {
    this.observer = new ResizeObserver(() => this.plan());
    this.observer.observe(this.svg.parentNode);
    this.mutations = new MutationObserver((found) => found.some((each) => !this.svg.contains(each.target)) && this.plan());
    this.mutations.observe(this.svg.parentNode, { childList: true, subtree: true });
    this.scrolled = () => this.plan();
    addEventListener("scroll", this.scrolled, { passive: true });
    this.forget = effect(() => void [tenant.value, pointed.value, traffic.value, this.plan()]);
  }

  componentWillUnmount() {
    removeEventListener("scroll", this.scrolled);
    this.observer.disconnect();
    this.mutations.disconnect();
    this.forget();
    cancelAnimationFrame(this.planned);
  }

  plan() {
    this.planned ??= requestAnimationFrame(() => {
      this.planned = undefined;
      this.setState({ lines: this.svg.parentNode.clientWidth < NARROW ? [] : this.lines() });
    });
  }

  lines() {
    const places = placesIn(this.svg.parentNode);
    const at = pointed.peek();
    const routed = traffic.peek();
    const lines = [];
    const draw = (from, to, kind, weight) => {
      const [start, end] = [places.get(from), places.get(to)];
      if (start && end) lines.push({ path: curve(start, end), kind, weight });
    };
    const { applications, groups } = tenant.peek();
    const used = assignments(applications);
    const total = [...used.values()].reduce((sum, each) => sum + each.length, 0);
    for (const [name, theirs] of used) {
      for (const each of theirs) {
        const own = (at?.kind === "person" && at.id === name) || (at?.kind === "application" && at.id === each.id);
        if (own || (total <= MOST && !at && inSight(places.get(`a${each.id}`)))) draw(`p${name}`, `a${each.id}`, own ? "lit" : "faint");
      }
    }
    for (const group of groups) {
      if (!places.has(`g${group.id}`)) continue;
      const shares = routed?.groupId === group.id ? routed : null;
      for (const each of group.applications) draw(`a${each.id}`, `g${group.id}`, kindOfUse(shares, each, at), shares?.applicationId === each.id ? 3 : undefined);
      for (const each of group.connectors) draw(`g${group.id}`, `c${each.id}`, ...kindOfServing(shares, each));
    }
    return lines;
  }

  render(_, { lines = [] }) {
    return h("svg", { ref: (svg) => (this.svg = svg ?? this.svg), class: "lines", "aria-hidden": "true", focusable: "false" },
      lines.map(({ path, kind, weight }) => html`<path d=${path} class=${kind} stroke-width=${weight} />`));
  }
}

function kindOfUse(shares, application, at) {
  if (shares?.applicationId === application.id) return shares.failed ? "failing" : "flowing";
  return at?.kind === "application" && at.id === application.id ? "lit" : "";
}

function kindOfServing(shares, connector) {
  const share = shares?.shares.get(connector.id);
  if (share) return ["flowing", 1.5 + 3 * share.percent / 100];
  return [connector.status === "active" && !connector.stopped ? "" : "broken"];
}

function placesIn(picture) {
  const origin = picture.getBoundingClientRect();
  const found = new Map();
  for (const element of picture.querySelectorAll("[data-node]")) {
    const at = element.getBoundingClientRect();
    const y = at.top - origin.top + at.height / 2;
    found.set(element.dataset.node, { sight: at.top, left: at.left - origin.left, right: at.right - origin.left, y });
  }
  return found;
}

const inSight = (place) => place && place.sight > 0 && place.sight < innerHeight;

function curve(start, end) {
  const [x1, x2] = [start.right, end.left];
  const bend = (x2 - x1) / 2;
  return `M${x1.toFixed(1)} ${start.y.toFixed(1)}C${(x1 + bend).toFixed(1)} ${start.y.toFixed(1)} ${(x2 - bend).toFixed(1)} ${end.y.toFixed(1)} ${x2.toFixed(1)} ${end.y.toFixed(1)}`;
}
