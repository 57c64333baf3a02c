// Bring this page up to date with each new revision of the site.

import { showConnection, showDrafts, showProblems } from "./overlay.js";
import { showNewest } from "./page.js";
import { forgetSources, startSources } from "./sources.js";
import { close, listen, tryLater } from "./stream.js";

const { events, base, revision: revisionOfThePage } = document.querySelector("script[data-events]").dataset;

let revision = Number(revisionOfThePage);

// Messages that arrive while the page is being fetched are merged into one.

let waiting = null;
let isShowing = false;

async function receive(message) {
  waiting = waiting ? joined(waiting, message) : message;
  if (isShowing) return;
  isShowing = true;
  try {
    while (waiting) {
      const next = waiting;
      waiting = null;
      await show(next);
    }
  } finally {
    isShowing = false;
  }
}

function joined(earlier, later) {
  const changed = { ...later.changed };
  for (const kind of Object.keys(earlier.changed)) changed[kind] ||= earlier.changed[kind];
  return { ...later, changed, isReopened: earlier.isReopened || later.isReopened };
}

let wasWithoutSite = false;

async function show({ revision: newest, changed, problems, kept, follow, drafts, first, isReopened }) {
  const hasASiteNow = wasWithoutSite && !first;
  wasWithoutSite = Boolean(first);
  // A lower number is from another server.
  if (hasASiteNow || newest < revision || (newest > revision && changed.scripts)) return reload();
  showProblems(problems, kept);
  showDrafts(drafts, base);
  const isNewer = newest > revision;
  // While no stream was open, another server may have run at this address, so revision numbers can't be compared.
  const mayDiffer = isReopened || (isNewer && (changed.content || changed.styles));
  if (mayDiffer && !(await showNewest(base))) return tryLater();
  revision = newest;
  forgetSources();
  if (isNewer && follow) bringTo(follow);
}

function reload() {
  close();
  location.reload();
  return new Promise(() => {}); // the reload ends this page
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

startSources(base);
listen({ events, revision: () => revision, receive, setLost: (isLost) => showConnection(!isLost) });
