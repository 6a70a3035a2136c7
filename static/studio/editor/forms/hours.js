// Opening hours as rows of days and times, and as the text of OpenStreetMap. Pure: tested by cases.
// https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification

export const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"];
const WEEK = DAYS.slice(0, 7);
export const ALWAYS = "24/7";
const DAY_MIN = 24 * 60;

/**
 * Read hours into rows, later ones winning; null where the text says more than rows can.
 * @returns {{days: string[], spans: [number, number][]}[] | null} spans in minutes after midnight,
 *   the end over 24 h where it lies in the next day; none: closed
 */
export function readHours(text) {
  const rows = [];
  for (const part of (text ?? "").split(";").map((one) => one.trim()).filter(Boolean)) {
    const row = readRule(part);
    if (!row) return null;
    rows.push(row);
  }
  return rows;
}

function readRule(rule) {
  if (rule === ALWAYS) return { days: [...WEEK], spans: [[0, DAY_MIN]] };
  const found = /^((?:(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?|PH)(?:\s*,\s*(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?|PH))*)?\s*(.*)$/.exec(rule);
  const days = found[1] ? readDays(found[1]) : [...WEEK];
  const rest = found[2].trim();
  if (rest === "off" || rest === "closed") return { days, spans: [] };
  if (!rest) return found[1] ? { days, spans: [[0, DAY_MIN]] } : null;
  const spans = [];
  for (const one of rest.split(",")) {
    const times = /^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$/.exec(one);
    if (!times) return null;
    const [from, to] = [toMinutes(times[1], times[2]), toMinutes(times[3], times[4])];
    if (from === null || to === null || from >= DAY_MIN) return null;
    spans.push([from, to <= from ? to + DAY_MIN : to]);
  }
  return { days, spans };
}

function toMinutes(hours, minutes) {
  const sum = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && sum <= 2 * DAY_MIN ? sum : null;
}

function readDays(text) {
  const days = new Set();
  for (const part of text.split(",").map((one) => one.trim())) {
    const [from, to] = part.split("-");
    const first = WEEK.indexOf(from);
    if (!to) days.add(from);
    else for (let index = first; ; index = (index + 1) % 7) {
      days.add(WEEK[index]);
      if (WEEK[index] === to) break;
    }
  }
  return DAYS.filter((day) => days.has(day));
}

/** Write rows as the text that is stored; an empty text for no rows. */
export function writeHours(rows) {
  return rows.filter((row) => row.days.length).map((row) => {
    const always = row.spans.length === 1 && row.spans[0][0] === 0 && row.spans[0][1] === DAY_MIN;
    if (always && WEEK.every((day) => row.days.includes(day)) && !row.days.includes("PH") && rows.length === 1) return ALWAYS;
    const times = row.spans.length ? row.spans.map(([from, to]) => `${say(from)}-${say(to)}`).join(",") : "off";
    return `${writeDays(row.days)} ${times}`;
  }).join("; ");
}

/** Write days, those in a row as a range. */
export function writeDays(days) {
  const parts = [];
  let run = [];
  const flush = () => {
    if (run.length > 2) parts.push(`${run[0]}-${run.at(-1)}`);
    else parts.push(...run);
    run = [];
  };
  for (const day of WEEK) {
    if (days.includes(day)) run.push(day);
    else flush();
  }
  flush();
  if (days.includes("PH")) parts.push("PH");
  return parts.join(",");
}

const say = (minutes) => {
  const within = minutes === DAY_MIN ? DAY_MIN : minutes % DAY_MIN;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
};

/** Return minutes as a time field has them. */
export const toTime = (minutes) => (minutes === DAY_MIN ? "00:00" : say(minutes));

/** Return the span of two time fields; an end at or before the start lies in the next day. */
export function toSpan(from, to) {
  const [start, end] = [from, to].map((one) => /^(\d{2}):(\d{2})/.exec(one ?? "")).map((one) => one && Number(one[1]) * 60 + Number(one[2]));
  if (start === null || end === null) return null;
  return [start, end <= start ? end + DAY_MIN : end];
}
