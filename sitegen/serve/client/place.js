// Keep the reader's place during a change: scroll position, focus and selection. Elements without an id are identified by their
// text, because morphing may reuse a paragraph's element for another paragraph.

const BLOCKS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "blockquote", "pre", "figure", "table", "summary", "[id]"]
  .map((name) => `body ${name}`)
  .join();
const MAX_ANCHORS = 12;

export function keepingPlace(change) {
  const anchors = anchorsInView();
  const focus = focused();
  const words = selectedWords();
  change();
  if (focus) refocus(focus);
  if (words) reselect(words);
  const moved = shift(anchors);
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

// Scroll position. The anchor is the first block that begins in the viewport, else one that is cut by its upper edge.

function anchorsInView() {
  if (scrollY < 1) return []; // at the top of the page, stay at the top
  const begun = [];
  let cut = null;
  for (const element of document.querySelectorAll(BLOCKS)) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (height < 2 || bottom <= 0 || top >= innerHeight || isStuck(element)) continue;
    if (top < 0) cut = anchor(element, top);
    else begun.push(anchor(element, top));
    if (begun.length === MAX_ANCHORS) break;
  }
  return cut ? [...begun, cut] : begun;
}

function anchor(element, top) {
  return { element, top, id: element.id, words: element.textContent, around: around(element) };
}

function around({ previousElementSibling, nextElementSibling }) {
  return `${previousElementSibling?.textContent}\n${nextElementSibling?.textContent}`;
}

function isStuck(element) {
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    if (["sticky", "fixed"].includes(getComputedStyle(one).position)) return true;
  }
  return false;
}

function shift(anchors) {
  for (const anchor of anchors) {
    const now = again(anchor);
    if (now?.checkVisibility()) return now.getBoundingClientRect().top - anchor.top;
  }
  return 0;
}

function again({ element, id, words, around: neighbours }) {
  if (id) return document.getElementById(id);
  if (element.isConnected && (element.textContent === words || around(element) === neighbours)) return element;
  return only([...document.body.querySelectorAll(element.localName)].filter((other) => other.textContent === words));
}

function only(found) {
  return found.length === 1 ? found[0] : null;
}

// Focus.

function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || !document.body.contains(element)) return null;
  return { element, look: look(element), words: element.textContent, within: element.parentElement.closest("[id]")?.id };
}

function look(element) {
  return [element.localName, ...["id", "name", "class", "href", "data-value"].map((name) => element.getAttribute(name))].join(" ");
}

function refocus({ element, look: looked, words, within }) {
  if (element === document.activeElement && look(element) === looked) return;
  const room = (within && document.getElementById(within)) || document.body;
  const alike = [...room.querySelectorAll(element.localName)].filter((other) => look(other) === looked);
  const twin = alike.find((other) => other.textContent === words) ?? alike[0];
  twin?.focus({ preventScroll: true });
}

// Selection.

function selectedWords() {
  const selection = getSelection();
  if (selection.isCollapsed || !document.body.contains(selection.anchorNode) || !document.body.contains(selection.focusNode)) return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  return { anchorNode, anchorOffset, focusNode, focusOffset, text: selection.toString(), beside: beside(anchorNode) };
}

function beside(node) {
  return around(node.parentElement ?? {});
}

function reselect({ anchorNode, anchorOffset, focusNode, focusOffset, text, beside: neighbours }) {
  const selection = getSelection();
  if (selection.toString() === text) return;
  selection.removeAllRanges();
  if (anchorNode !== focusNode) return; // the selection spans several nodes, one of which has changed
  const start = Math.min(anchorOffset, focusOffset);
  const holding = [...textNodes()].filter((candidate) => candidate.data.includes(text));
  const node = holding.includes(anchorNode) && beside(anchorNode) === neighbours ? anchorNode : only(holding);
  if (!node) return;
  const ends = [occurrence(node.data, text, start), 0];
  ends[1] = ends[0] + text.length;
  if (anchorOffset > focusOffset) ends.reverse();
  selection.setBaseAndExtent(node, ends[0], node, ends[1]);
}

function* textNodes() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield walker.currentNode;
}

// The position of *text* in *data* that is closest to *before*.
function occurrence(data, text, before) {
  let closest = data.indexOf(text);
  for (let at = closest; at >= 0; at = data.indexOf(text, at + 1)) {
    if (Math.abs(at - before) < Math.abs(closest - before)) closest = at;
  }
  return closest;
}
