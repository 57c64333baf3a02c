// Replace this page by its newest version, changing only the elements that differ.

import { Idiomorph } from "./idiomorph.js";
import { keepingPlace } from "./place.js";

const SCRIPTS = "script[src]:not([data-events]), meta[http-equiv]";
const IN_HEAD = "title, meta, link:not([rel~='stylesheet']), script[type='application/ld+json']";
const STYLES = "head link[rel~='stylesheet']:not([href$='/_preview/preview.css'])";

// Returns whether the preview answered.
export async function showNewest(base) {
  const text = await received(location.pathname + location.search);
  if (text === null) return false;
  const newest = new DOMParser().parseFromString(text, "text/html");
  const tag = newest.querySelector("script[data-events]");
  if (!tag) return true; // not a page of the preview: leave this page as it is
  if (tag.dataset.base !== base) return leave(() => location.replace(tag.dataset.base));
  if (written(newest, SCRIPTS) !== written(document, SCRIPTS)) return leave(() => location.reload());
  const swapStyles = await loadedStyles(newest);
  performance.mark("sitegen:arrived");
  keepingPlace(() => {
    swapStyles();
    morphHead(newest);
    morphBody(newest);
    document.dispatchEvent(new CustomEvent("sitegen:morphed")); // the theme's script adds its controls again
  });
  performance.measure("sitegen:morph", "sitegen:arrived");
  return true;
}

async function received(address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    return await answer.text();
  } catch (error) {
    if (error instanceof TypeError) return null; // fetch throws this if the server doesn't answer
    throw error;
  }
}

function leave(go) {
  go();
  return new Promise(() => {});
}

function written(page, selector) {
  return [...page.querySelectorAll(selector)].map((element) => element.outerHTML).join("\n");
}

// New style sheets are loaded before the old ones are removed, so that the page is never unstyled.

async function loadedStyles(newest) {
  const shown = [...document.querySelectorAll(STYLES)];
  const wanted = [...newest.querySelectorAll(STYLES)];
  const hrefs = new Set(shown.map((link) => link.href));
  const come = wanted.filter((link) => !hrefs.has(address(link)));
  const gone = shown.filter((link) => !wanted.some((other) => address(other) === link.href));
  const loaded = await Promise.all(come.map((link) => loadedStyle(link, shown[wanted.indexOf(link)] ?? shown.at(-1))));
  return () => {
    for (const { link, media } of loaded) {
      if (media === null) link.removeAttribute("media");
      else link.media = media;
    }
    if (loaded.every(({ isThere }) => isThere)) for (const link of gone) link.remove();
  };
}

function address(link) {
  return new URL(link.getAttribute("href"), location.href).href;
}

function loadedStyle(wanted, before) {
  const link = document.importNode(wanted);
  const media = link.getAttribute("media");
  link.media = "not all";
  return new Promise((resolve) => {
    link.addEventListener("load", () => resolve({ link, media, isThere: true }));
    link.addEventListener("error", () => resolve({ link, media, isThere: false }));
    if (before) before.after(link);
    else document.head.append(link);
  });
}

function morphHead(newest) {
  for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, newest.documentElement.getAttribute(name) ?? "");
  const wanted = new Map([...newest.head.querySelectorAll(IN_HEAD)].map((element) => [element.outerHTML, element]));
  for (const element of document.head.querySelectorAll(IN_HEAD)) {
    if (!wanted.delete(element.outerHTML)) element.remove();
  }
  document.head.append(...[...wanted.values()].map((element) => document.importNode(element, true)));
}

function morphBody(newest) {
  Idiomorph.morph(document.body, newest.body, {
    callbacks: {
      beforeNodeMorphed: (shown, wanted) => !shown.isEqualNode(wanted),
      beforeAttributeUpdated: (name, element) => !isTheReaders(name, element),
    },
  });
}

// Keep what a reader opened, typed or selected; it is not in the page's source.

function isTheReaders(name, element) {
  if (name === "open") return element.localName === "details";
  if (name === "value") return element.value !== element.defaultValue;
  if (name === "checked") return element.checked !== element.defaultChecked;
  if (name === "selected") return element.selected !== element.defaultSelected;
  return false;
}
