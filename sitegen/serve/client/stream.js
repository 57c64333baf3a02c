// The stream of revisions. A browser allows only six connections to a host, and an editor may have more tabs than that. So one visible
// tab holds the stream and broadcasts its messages; every other visible tab asks the server once, for what it missed before it listened.
// A lock decides which tab holds the stream; the browser passes it on when that tab is hidden, closed or crashes. Hidden tabs don't listen.

const MAX_WAIT_MS = 2000;
const LOST = "lost";

let page = null; // the page's own callbacks: { events, revision, receive, setLost }
let visit = null; // the open connections while this tab is visible
let hasBeenOpen = false;
let failures = 0;
let nextTry = 0;

// *revision* returns the page's revision, *receive* gets each message, *setLost* gets whether the connection is lost.
export function listen(thePage) {
  page = thePage;
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open); // also when the page returns from the back/forward cache
  open();
}

export function close() {
  clearTimeout(nextTry);
  visit?.source?.close();
  visit?.channel.close();
  visit?.leaving.abort();
  visit?.release?.();
  visit = null;
}

export function tryLater() {
  close();
  failures += 1;
  if (failures > 1) page.setLost(true); // one failure may be a restart, which is quick
  nextTry = setTimeout(open, Math.min(MAX_WAIT_MS, 50 * 2 ** failures));
}

function open() {
  clearTimeout(nextTry);
  if (visit || document.hidden) return;
  const name = `sitegen:${page.events}`;
  const mine = { channel: new BroadcastChannel(name), leaving: new AbortController(), known: page.revision(), isReopened: hasBeenOpen };
  visit = mine;
  visit.channel.addEventListener("message", hear);
  ask();
  // Without HTTPS there are no locks for another machine's preview: then each tab holds a stream of its own.
  if (!navigator.locks) visit.isHolder = true;
  else navigator.locks.request(name, { signal: visit.leaving.signal }, () => held(mine)).catch(unlessAborted);
}

// The lock is held until the promise is resolved.
function held(mine) {
  if (mine !== visit) return null;
  visit.isHolder = true;
  if (!visit.source) ask();
  return new Promise((release) => (mine.release = release));
}

function unlessAborted(error) {
  if (error.name !== "AbortError") throw error;
}

function ask() {
  visit.source?.close();
  visit.since = page.revision();
  visit.newestHeard = 0;
  const source = new EventSource(`${page.events}?revision=${visit.since}`);
  source.addEventListener("revision", ({ data }) => source === visit?.source && arrive(JSON.parse(data)));
  source.addEventListener("error", () => source === visit?.source && lose());
  visit.source = source;
}

function arrive(message) {
  const { isHolder, isReopened, since } = visit;
  failures = 0;
  hasBeenOpen = true;
  page.setLost(false);
  visit.since = visit.known = message.revision;
  visit.isReopened = false;
  if (isHolder) visit.channel.postMessage({ ...message, since });
  else if (visit.newestHeard > message.revision) ask();
  else stopAsking();
  page.receive({ ...message, isReopened });
}

function stopAsking() {
  visit.source.close();
  visit.source = null;
}

function lose() {
  if (visit.isHolder) visit.channel.postMessage(LOST);
  tryLater();
}

// The holder broadcasts all changes since a revision. A tab with an older revision asks the server itself.
function hear({ data: message }) {
  if (visit.isHolder) return;
  if (message === LOST) {
    visit.isReopened = true;
    if (!visit.source) ask();
  } else if (visit.source) {
    visit.newestHeard = message.revision; // the answer under way may not include this message
  } else if (message.since > visit.known) {
    ask();
  } else {
    visit.known = message.revision;
    page.receive({ ...message, isReopened: false });
  }
}
