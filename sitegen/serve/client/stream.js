// The stream of revisions. A browser keeps at most six connections to a host, and an editor has more windows than that: of all
// that are seen one holds the stream, and passes on what it brings; each other one asks once, for what came before it listened.
// A lock decides who holds it, and the browser gives it on when its holder hides, closes or crashes. A hidden tab listens to nothing.

const LONGEST_WAIT_MS = 2000;
const LOST = "lost";

let page = null; // what this is for: { events, revision, take, tellLost }
let visit = null; // what is open while this tab is seen
let hasBeenOpen = false;
let failures = 0;
let nextTry = 0;

// *revision* gives the page's own, *take* is given each message, *tellLost* whether the preview is gone.
export function listen(thePage) {
  page = thePage;
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open); // also of a page that the browser kept and brings back
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
  if (failures > 1) page.tellLost(true); // a restart takes a moment, and is not worth a word
  nextTry = setTimeout(open, Math.min(LONGEST_WAIT_MS, 50 * 2 ** failures));
}

function open() {
  clearTimeout(nextTry);
  if (visit || document.hidden) return;
  const name = `sitegen:${page.events}`;
  const mine = { channel: new BroadcastChannel(name), leaving: new AbortController(), known: page.revision(), isReopened: hasBeenOpen };
  visit = mine;
  visit.channel.addEventListener("message", hear);
  ask();
  // A page of another machine's preview has no locks, unless that speaks HTTPS: it holds a stream of its own.
  if (!navigator.locks) visit.isHolder = true;
  else navigator.locks.request(name, { signal: visit.leaving.signal }, () => held(mine)).catch(unlessAborted);
}

// The lock is kept until the promise is fulfilled.
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
  page.tellLost(false);
  visit.since = visit.known = message.revision;
  visit.isReopened = false;
  if (isHolder) visit.channel.postMessage({ ...message, since });
  else if (visit.newestHeard > message.revision) ask();
  else stopAsking();
  page.take({ ...message, isReopened });
}

function stopAsking() {
  visit.source.close();
  visit.source = null;
}

function lose() {
  if (visit.isHolder) visit.channel.postMessage(LOST);
  tryLater();
}

// What the holder passes on: all that is new since a revision. Who is further behind asks for it.
function hear({ data: message }) {
  if (visit.isHolder) return;
  if (message === LOST) {
    visit.isReopened = true;
    if (!visit.source) ask();
  } else if (visit.source) {
    visit.newestHeard = message.revision; // what was asked for may be told already, and without it
  } else if (message.since > visit.known) {
    ask();
  } else {
    visit.known = message.revision;
    page.take({ ...message, isReopened: false });
  }
}
