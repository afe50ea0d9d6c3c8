// What may stand where the cursor is in a request to the Graph: paths, keys, options and properties, from `$metadata`.

import { asked, authorization } from "./api.js";
import { tenant } from "./tenant.js";

const models = new Map();

/** The model of a version, read once. */
export async function modelOf(version) {
  if (!models.has(version)) {
    const answer = await asked("GET", `${version}/$metadata?$format=json`, undefined, await authorization());
    if (answer.status === 200) models.set(version, answer.body);
  }
  return models.get(version);
}

const OPTIONS = ["$select", "$filter", "$orderby", "$expand", "$top", "$skip", "$count", "$search"];
const OPERATORS = ["eq", "ne", "gt", "ge", "lt", "le", "and", "or", "not", "in"];
const FUNCTIONS = ["startswith(", "endswith(", "contains(", "tolower("];

/** What could come at the end of the text: `{ from, items: [{ text, hint }] }`, where `from` is where they begin. */
export function completions(text, model) {
  const [path, query] = split(text);
  if (query === undefined) return ofPath(path, model);
  const start = text.length - query.length + query.lastIndexOf("&") + 1;
  const [name, value] = split(text.slice(start), "=");
  if (value === undefined) return offered(start, OPTIONS.map((each) => ({ text: `${each}=`, hint: "option" })), name);
  return ofOption(name, value, typeAt(path, model)?.type, model, text.length);
}

function split(text, at = "?") {
  const where = text.indexOf(at);
  return where < 0 ? [text, undefined] : [text.slice(0, where), text.slice(where + 1)];
}

function ofPath(path, model) {
  const from = path.lastIndexOf("/") + 1;
  const holder = typeAt(path.slice(0, from), model);
  return offered(from, holder ? segmentsOf(holder, model) : [], path.slice(from));
}

function segmentsOf({ type, many, root }, model) {
  if (root) return Object.keys(containerOf(model)).filter((name) => !/[$@]/.test(name)).map((text) => ({ text, hint: "set" }));
  if (many) return [...keysOf(type), { text: "$count", hint: "how many" }];
  const members = Object.entries(membersOf(type, model));
  const ways = members.filter(([, each]) => each.$Kind === "NavigationProperty" || complex(each, model));
  return [...ways.map(([text, each]) => ({ text, hint: short(each.$Type) })), { text: "$ref", hint: "link" }];
}

/** Keys of what there is, with the names people know them by. */
function keysOf(type) {
  const { connectors = [], groups = [], applications = [], people = [] } = tenant.value ?? {};
  const known = {
    connector: connectors.map((each) => [each.id, each.machineName]),
    connectorGroup: groups.map((each) => [each.id, each.name]),
    application: applications.map((each) => [each.id, each.displayName]),
    user: people.filter((each) => each.kind === "user").map((each) => [each.id, each.shown]),
    group: people.filter((each) => each.kind === "group").map((each) => [each.id, each.name]),
    onPremisesPublishingProfile: ["applicationProxy", "privateAccess", "provisioning", "authentication", "exchangeOnline"].map((each) => [each, "profile"]),
  };
  return (known[type] ?? []).map(([text, hint]) => ({ text, hint }));
}

function ofOption(name, value, type, model, end) {
  const word = /[^\s,(/]*$/.exec(value)[0];
  const from = end - word.length;
  const members = Object.entries(type ? membersOf(type, model) : {});
  const plain = members.filter(([, each]) => each.$Kind !== "NavigationProperty").map(([text, each]) => ({ text, hint: short(each.$Type ?? "Edm.String") }));
  const ways = members.filter(([, each]) => each.$Kind === "NavigationProperty").map(([text, each]) => ({ text, hint: short(each.$Type) }));
  const items = { $select: plain, $orderby: [...plain, { text: "asc" }, { text: "desc" }], $expand: ways, $count: [{ text: "true" }, { text: "false" }] }[name];
  if (name !== "$filter") return offered(from, items ?? [], word);
  const before = value.slice(0, value.length - word.length).trimEnd();
  const property = /(\w+) (?:eq|ne|in)$/.exec(before)?.[1];
  const members_ = enumOf(property && membersOf(type, model)[property]?.$Type, model);
  if (members_) return offered(from, members_.map((each) => ({ text: `'${each}'`, hint: "value" })), word);
  const words = /(^|\(|and|or|not)$/.test(before) ? [...plain, ...FUNCTIONS.map((text) => ({ text, hint: "function" }))] : OPERATORS.map((text) => ({ text, hint: "operator" }));
  return offered(from, words, word);
}

const MOST = 12;

function offered(from, items, typed) {
  const wanted = typed.toLowerCase();
  const fits = ({ text, hint = "" }) => text.toLowerCase().startsWith(wanted) || hint.toLowerCase().includes(wanted);
  return { from, items: items.filter((each) => fits(each) && each.text !== typed).slice(0, MOST) };
}

// Walking the model.

const namespace = (model) => model["microsoft.graph"];
const containerOf = (model) => namespace(model)[model.$EntityContainer.split(".").pop()];
const short = (type) => (type ?? "").replace(/^Collection\(|\)$/g, "").split(".").pop();

function membersOf(type, model) {
  const found = namespace(model)[type];
  if (!found) return {};
  const own = Object.fromEntries(Object.entries(found).filter(([name]) => !/[$@]/.test(name)));
  return { ...(found.$BaseType ? membersOf(short(found.$BaseType), model) : {}), ...own };
}

const complex = (member, model) => namespace(model)[short(member.$Type)]?.$Kind === "ComplexType";

function enumOf(type, model) {
  const found = namespace(model)[short(type)];
  return found?.$Kind === "EnumType" ? Object.keys(found).filter((name) => !/[$@]/.test(name)) : null;
}

/** What a path leads to: `{ type, many }`, `{ root }`, or null. */
function typeAt(path, model) {
  const segments = path.split("/").filter(Boolean).slice(1);
  let at = { root: true };
  for (const segment of segments) at = at && step(at, segment.replace(/\(.*\)$/, ""), segment.includes("("), model);
  return at;
}

function step(at, name, keyed, model) {
  if (at.many) return { type: at.type, many: false };
  const found = at.root ? containerOf(model)[name] : name.includes(".") ? { $Type: name } : membersOf(at.type, model)[name];
  if (!found?.$Type) return null;
  return { type: short(found.$Type), many: Boolean(found.$Collection) && !keyed };
}
