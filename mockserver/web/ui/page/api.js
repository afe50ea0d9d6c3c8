// How the page asks the mock: by the same API that tools use, below the address the page itself was loaded from.

import { kept, signal } from "./view.js";

/** The address of this sandbox, with the slash at its end, and that of the whole mock. */
export const here = new URL("./", location.href.split("#")[0]).href;
export const sandboxName = decodeURIComponent(/\/sandboxes\/([^/]+)\/$/.exec(here)?.[1] ?? "default");
export const root = here.replace(/sandboxes\/[^/]+\/$/, "");
/** Where the page of a sandbox is. */
export const addressOf = (name) => (name === "default" ? root : `${root}sandboxes/${encodeURIComponent(name)}/`);

export const controlToken = kept("mockserver.control-token", "");
/** Whether the mock asks for a control token that the page does not have. */
export const tokenWanted = signal(false);

/** What the mock answered to something it refused: `status`, `code`, `message`, `details`, `headers`. */
export class Refused extends Error {
  constructor(status, body, headers) {
    const error = body?.error ?? {};
    super(error.message || `The mock answered ${status}.`);
    Object.assign(this, { status, code: error.code ?? "", details: error.details ?? [], headers });
  }
}

export function controlHeaders() {
  return controlToken.value ? { "x-mock-token": controlToken.value } : {};
}

/** Ask the control API: the JSON it answers with, or null where it says nothing. Throws Refused. */
export const control = async (method, path, body) => taken(await answerOfControl(method, path, body));

/** Ask the Graph as the tenant's administrator. Throws Refused. */
export const graph = async (method, path, body) => taken(await answerOfGraph(method, path, body));

/** Ask whichever a path below the sandbox belongs to, `/_mock/...` or `/beta/...`, and take what it answers, as `asked` does. */
export const either = (method, path, body) =>
  path.startsWith("/_mock/") ? answerOfControl(method, path.slice("/_mock/".length), body) : answerOfGraph(method, path, body);

function taken({ status, body, headers }) {
  if (status >= 400) throw new Refused(status, body, headers);
  return body;
}

async function answerOfControl(method, path, body) {
  const answer = await send(`${here}_mock/${path}`, { method, headers: controlHeaders(), ...inJson(body) });
  if (answer.status === 401) tokenWanted.value = true;
  return answer;
}

async function answerOfGraph(method, path, body) {
  const answer = await asked(method, path, body, await authorization());
  if (answer.status !== 401) return answer;
  tokens.clear(); // The clock may have gone past the token's end.
  return asked(method, path, body, await authorization());
}

/** Ask the Graph and take whatever it answers: `status`, `headers`, `text`, `body`, `milliseconds`. */
export function asked(method, path, body, authorization, headers = {}) {
  const said = { ...headers, ...(authorization ? { Authorization: authorization } : {}) };
  return send(here + path.replace(/^\//, ""), { method, headers: said, ...inJson(body, said) });
}

/** The absolute address of a connector group, as `@odata.id` wants it. */
export const groupAddress = (id) => `${here}beta/onPremisesPublishingProfiles/applicationProxy/connectorGroups/${id}`;

const tokens = new Map();
let administrator = "";

/** The user the page acts as; another tenant has another one. */
export function actAs(user) {
  if (user !== administrator) tokens.clear();
  administrator = user;
}

/** An `Authorization` header made to order by the mock: for a user, or as the wish says. */
export async function authorization(wish = { user: administrator }) {
  const key = JSON.stringify(wish);
  if (!tokens.has(key)) tokens.set(key, (await control("POST", "tokens", wish)).authorization);
  return tokens.get(key);
}

export const forgetTokens = () => tokens.clear();

function inJson(body, headers = {}) {
  if (body === undefined) return {};
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { body: text, json: !Object.keys(headers).some((name) => name.toLowerCase() === "content-type") };
}

async function send(address, { json, ...options }) {
  if (json) options.headers = { ...options.headers, "Content-Type": "application/json" };
  const began = performance.now();
  let response;
  let text;
  try {
    response = await fetch(address, { cache: "no-store", credentials: "omit", ...options });
    text = await response.text();
  } catch {
    throw new Refused(0, { error: { message: "No answer: the mock is not there, or broke the connection." } }, new Headers());
  }
  const milliseconds = performance.now() - began;
  return { status: response.status, headers: response.headers, text, body: parsed(text), milliseconds };
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
