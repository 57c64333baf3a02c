// What a new revision of the site brings to this page. One stream of revisions a tab, and none while the tab is hidden:
// a browser keeps at most six connections to a host, and an editor has more tabs than that.

import { showConnection, showProblems } from "./overlay.js";
import { showNewest } from "./page.js";
import { forgetSources, startSources } from "./sources.js";

const LONGEST_WAIT_MS = 2000;

const { events, base, revision: revisionOfThePage } = document.querySelector("script[data-events]").dataset;

let revision = Number(revisionOfThePage);
let stream = null;
let hasBeenOpen = false;
let failures = 0;
let nextTry = 0;

function open() {
  clearTimeout(nextTry);
  if (stream || document.hidden) return;
  let isReopened = hasBeenOpen;
  stream = new EventSource(`${events}?revision=${revision}`);
  stream.addEventListener("revision", ({ data }) => {
    failures = 0;
    hasBeenOpen = true;
    showConnection(true);
    take({ ...JSON.parse(data), isReopened });
    isReopened = false;
  });
  stream.addEventListener("error", tryLater);
}

function close() {
  clearTimeout(nextTry);
  stream?.close();
  stream = null;
}

function tryLater() {
  close();
  failures += 1;
  if (failures > 1) showConnection(false); // a restart takes a moment, and is not worth a word
  nextTry = setTimeout(open, Math.min(LONGEST_WAIT_MS, 50 * 2 ** failures));
}

// Messages that come while a page is on its way are taken as one.

let waiting = null;
let isTaking = false;

async function take(message) {
  waiting = waiting ? joined(waiting, message) : message;
  if (isTaking) return;
  isTaking = true;
  try {
    while (waiting) {
      const next = waiting;
      waiting = null;
      await show(next);
    }
  } finally {
    isTaking = false;
  }
}

function joined(earlier, later) {
  const changed = { ...later.changed };
  for (const kind of Object.keys(earlier.changed)) changed[kind] ||= earlier.changed[kind];
  return { ...later, changed, isReopened: earlier.isReopened || later.isReopened };
}

let wasWithoutSite = false;

async function show({ revision: newest, changed, problems, kept, follow, first, isReopened }) {
  const hasASiteNow = wasWithoutSite && !first;
  wasWithoutSite = Boolean(first);
  // A number that falls is another server's.
  if (hasASiteNow || newest < revision || (newest > revision && changed.scripts)) return reload();
  showProblems(problems, kept);
  const isNewer = newest > revision;
  // While no stream was open the server may have been another for a time, so that its numbers tell nothing.
  const mayDiffer = isReopened || (isNewer && (changed.content || changed.styles));
  if (mayDiffer && !(await showNewest(base))) return tryLater();
  revision = newest;
  forgetSources();
  if (isNewer && follow) bringTo(follow);
}

function reload() {
  close();
  location.reload();
  return new Promise(() => {}); // nothing more is shown on this page
}

function bringTo(address) {
  const there = new URL(base + address.slice(1), location.href);
  if (there.pathname === location.pathname) return;
  const id = address.match(/^\/entries\/([^/]+)\/$/)?.[1] ?? "";
  const row = document.getElementById(decodeURIComponent(id));
  if (!row?.checkVisibility()) location.assign(there);
  else if (!isInView(row)) location.replace(`#${encodeURIComponent(row.id)}`);
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
addEventListener("pagehide", close);
addEventListener("pageshow", open); // also of a page that the browser kept and brings back
startSources(base);
open();
