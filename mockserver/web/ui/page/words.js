// How values are written for people.

const REGIONS = {
  nam: "North America",
  eur: "Europe",
  aus: "Australia",
  asia: "Asia",
  ind: "India",
  japan: "Japan",
};

export const regions = Object.keys(REGIONS);
export const regionName = (region) => REGIONS[region] ?? region ?? "Tenant's region";

const number = new Intl.NumberFormat("en");
export const amount = (value) => number.format(value);
export const count = (value, one, many = `${one}s`) => `${amount(value)} ${value === 1 ? one : many}`;

const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

/** A length of time in its largest units, two unless said otherwise: `6 d 12 h`. */
export function length(seconds, units = 2) {
  let left = Math.max(0, Math.round(seconds));
  const said = [];
  for (const [unit, size] of UNITS) {
    const whole = Math.floor(left / size);
    left -= whole * size;
    if (whole) said.push(`${whole} ${unit}`);
    else if (said.length) break;
    if (said.length === units) break;
  }
  return said.join(" ") || "0 s";
}

/** Seconds of an ISO 8601 duration such as `P6DT12H`. */
export function seconds(duration) {
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration ?? "");
  if (!found) return 0;
  const [weeks, days, hours, minutes, rest] = found.slice(1).map((each) => Number(each ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + rest;
}

/** A moment in UTC: `2026-11-23 23:50:29`. */
export const moment = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");

/** JSON as a person reads it. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A command that repeats a request. */
export function curl({ method, address, headers = {}, body }) {
  const parts = [`curl -sS${method === "HEAD" ? " --head" : method === "GET" ? "" : ` -X ${method}`} ${quoted(address)}`];
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body) parts.push(`--data-binary ${quoted(body)}`);
  return parts.join(" \\\n  ");
}

const quoted = (text) => `'${String(text).replaceAll("'", "'\\''")}'`;
