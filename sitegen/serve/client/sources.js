// While Alt is held, show the source file and line of the element under the pointer or with the focus; a click or Enter opens it.

let base = "/";
let asked = null; // promise of the source map of this page at this revision
let known = null; // the source map, once it is loaded

export function startSources(basePath) {
  base = basePath;
}

export function forgetSources() {
  asked = known = null;
}

export async function openInEditor({ file, line, column = 1 }) {
  const sources = await loaded();
  if (!sources?.editor || !sources.root) return; // on another machine, only show the file's name
  const path = encodeURI(`${sources.root}/${file}`).replace(/[#?&+]/g, encodeURIComponent);
  const values = { line, column, file: sources.editor.includes("/{file}") ? path.replace(/^\//, "") : path };
  const address = sources.editor.replace(/\{(file|line|column)\}/g, (_, name) => values[name]);
  if (["javascript:", "data:"].includes(URL.parse(address)?.protocol ?? "data:")) return;
  const link = document.createElement("a");
  link.href = address;
  document.documentElement.append(link);
  link.click();
  link.remove();
}

function loaded() {
  asked ??= fetchSources();
  return asked;
}

async function fetchSources() {
  const path = `/${decodeURI(location.pathname).slice(base.length)}`;
  const sources = await answered(`${base}_preview/sources?path=${encodeURIComponent(path)}`);
  if (!sources) asked = null; // the preview isn't running or has no site yet: ask again next time
  else known = { ...sources, spots: spotsOf(sources.targets) };
  return known;
}

async function answered(address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    return answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
  } catch (error) {
    if (error instanceof TypeError) return null; // fetch throws this if the server doesn't answer
    throw error;
  }
}

// Elements with their file and line; targets that this page doesn't show are skipped.

function spotsOf(targets) {
  const spots = new Map();
  const quotations = [...document.querySelectorAll("blockquote, q")].map((quotation) => [quotation, folded(quotation.textContent)]);
  for (const target of targets) {
    for (const element of elementsOf(target, quotations)) if (!spots.has(element)) spots.set(element, target);
  }
  return spots;
}

function elementsOf({ selector, passage, paragraph, within }, quotations) {
  if (selector) return document.querySelectorAll(selector);
  if (passage) return quotations.filter(([, words]) => words === folded(passage)).map(([quotation]) => quotation.closest(".passage") ?? quotation);
  const room = (within && document.querySelector(within)) || document.body;
  const body = room.querySelector(".body") ?? room;
  const found = [...body.querySelectorAll("p")].filter((one) => !one.closest(".sidenote"))[paragraph];
  return found ? [found] : [];
}

function folded(text) {
  return text.trim().replace(/\s+/g, " ");
}

function spotOf(element) {
  for (let one = element; one && known; one = one.parentElement) {
    const spot = known.spots.get(one);
    if (spot) return { element: one, spot };
  }
  return null;
}

// Outline what a click would open. The outline lies over the page and changes nothing in it.

const label = document.createElement("span");
const frame = document.createElement("div");
frame.id = "_preview-target";
frame.hidden = true;
frame.append(label);
document.documentElement.append(frame);

let last = null; // the element that the pointer or the focus reached last

function showFrame() {
  const found = spotOf(last);
  frame.hidden = !found;
  if (!found) return;
  const { top, left, width, height } = found.element.getBoundingClientRect();
  Object.assign(frame.style, { top: `${top}px`, left: `${left}px`, width: `${width}px`, height: `${height}px` });
  frame.classList.toggle("high", top < 32);
  label.textContent = `${found.spot.file}:${found.spot.line}`;
}

async function frameWhileHeld() {
  await loaded();
  if (isHeld) showFrame();
}

let isHeld = false;

function hold(isNow) {
  if (isHeld === isNow) return;
  isHeld = isNow;
  frame.hidden = true;
  if (isHeld) frameWhileHeld();
}

async function openAt(element) {
  await loaded();
  const found = spotOf(element);
  if (found) openInEditor(found.spot);
}

function goTo(event) {
  last = event.target;
  if (event.altKey !== undefined) hold(event.altKey);
  if (isHeld) showFrame();
}

// Whether to handle a click or key: its source is known, or the source map isn't loaded yet.
function isOurs(event) {
  return event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && (!known || spotOf(event.target));
}

function openFrom(event) {
  event.preventDefault();
  event.stopPropagation();
  openAt(event.target);
}

addEventListener("keydown", (event) => {
  if (event.key === "Alt") hold(true);
  if (event.key === "Enter" && isOurs(event)) openFrom(event);
}, true);
addEventListener("keyup", (event) => event.key === "Alt" && hold(false), true);
addEventListener("blur", () => hold(false));
addEventListener("pointermove", goTo, { passive: true });
addEventListener("focusin", goTo);
addEventListener("scroll", () => isHeld && showFrame(), { passive: true });
addEventListener("click", (event) => !event.button && isOurs(event) && openFrom(event), true);
