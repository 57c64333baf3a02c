// Show problems over the last good page, and a link to the drafts. All content is inserted as text.

import { openInEditor } from "./sources.js";

const MAX_SHOWN = 50;

const drafts = element("a", { id: "_preview-drafts", hidden: "" });
const heading = element("h2", { id: "_preview-heading" });
const fold = element("button", { type: "button" }, "Hide ", element("kbd", {}, "Esc"));
const list = element("ol", { role: "list" });
const dialog = element(
  "section",
  { id: "_preview-problems", role: "alertdialog", "aria-labelledby": heading.id, tabindex: "-1", hidden: "" },
  element("div", {}, heading, fold),
  list,
);
const unfold = element("button", { type: "button", hidden: "" });
const keptLine = element("p", { hidden: "" });
const lostLine = element("p", { hidden: "" }, "The preview isn’t running. This page may be out of date.");
const bar = element("div", { id: "_preview-bar", role: "status" }, element("div", {}, unfold, keptLine, lostLine));
document.documentElement.append(element("div", { id: "_preview", lang: "en", dir: "ltr" }, drafts, dialog, bar));

let isFolded = false;
let count = 0;
let listed = "[]"; // the problems in the list, as JSON
let before = null; // the element that had the focus

export function showConnection(isThere) {
  lostLine.hidden = isThere;
}

export function showDrafts(number, base) {
  const address = `${base}_preview/drafts/`;
  drafts.href = address;
  drafts.textContent = number === 1 ? "1 draft" : `${number} drafts`;
  drafts.hidden = !number || decodeURI(location.pathname) === address;
}

export function showProblems(problems, kept) {
  showKept(kept);
  const are = JSON.stringify(problems);
  if (are === listed) return; // don't disturb someone reading the list
  listed = are;
  count = problems.length;
  if (!count) isFolded = false;
  heading.textContent = unfold.textContent = count === 1 ? "1 problem" : `${count} problems`;
  const items = problems.slice(0, MAX_SHOWN).map(item);
  if (count > MAX_SHOWN) items.push(element("li", {}, `and ${count - MAX_SHOWN} more in the terminal`));
  list.replaceChildren(...items);
  arrange();
}

function showKept(kept) {
  keptLine.textContent = kept.length ? `Showing the last good version of ${named(kept)}` : "";
  keptLine.hidden = !kept.length;
}

function item({ file, line, column, message, hint, frame }) {
  const where = element("button", { type: "button", title: "Open in the editor" }, `${file}:${line}:${column}`);
  where.addEventListener("click", () => openInEditor({ file, line, column }));
  const parts = [element("p", {}, where), element("p", {}, message)];
  if (frame) parts.push(element("pre", { tabindex: "0", role: "group", "aria-label": `Line ${line}` }, frame));
  if (hint) parts.push(element("p", {}, `hint: ${hint}`));
  return element("li", {}, ...parts);
}

function named(files) {
  const more = files.length > 3 ? ` and ${files.length - 3} more` : "";
  return files.slice(0, 3).join(", ") + more;
}

function arrange() {
  const wasShown = !dialog.hidden;
  const isShown = count > 0 && !isFolded;
  const hadFocus = dialog.contains(document.activeElement);
  if (isShown && !wasShown) before = document.activeElement;
  dialog.hidden = !isShown;
  unfold.hidden = !count || isShown;
  if (isShown && (!wasShown || (hadFocus && !dialog.contains(document.activeElement)))) dialog.focus({ preventScroll: true });
  if (!isShown && hadFocus && before?.isConnected) before.focus({ preventScroll: true });
}

function setFolded(value) {
  isFolded = value;
  arrange();
}

fold.addEventListener("click", () => setFolded(true));
unfold.addEventListener("click", () => setFolded(false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || dialog.hidden) return;
  event.preventDefault();
  setFolded(true);
});

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
