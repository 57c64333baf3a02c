// What a reader gains with JavaScript: /#ID finds entries that stand elsewhere, filters combine in place,
// and a permalink copies itself. Nothing here is needed to read.

const { home, copied, copyLink } = document.currentScript.dataset;

// An entry that this page doesn't list is at its own address.

function named(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

function leadOn() {
  const id = named(location.hash);
  const isEntry = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u.test(id);
  if (home && isEntry && !document.getElementById(id)) location.replace(`${home}entries/${encodeURIComponent(id)}/`);
}

// Filters: a row is shown if it has every chosen value; the choice is kept in the address.

const names = ["person", "place", "tag", "status"];
let choices, rows, values; // of the page as it stands; values by row

function chosenIn(query) {
  const parameters = new URLSearchParams(query);
  return names.flatMap((name) => parameters.getAll(name).map((value) => `${name}=${value}`));
}

function address(chosen) {
  const query = new URLSearchParams(chosen.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  return location.pathname + (chosen.length ? `?${query}` : "");
}

function valuesOf(row) {
  return new Set(names.flatMap((name) => (row.getAttribute(`data-${name}`) ?? "").split(" ").map((value) => `${name}=${value}`)));
}

function toggled(chosen, pair) {
  return chosen.includes(pair) ? chosen.filter((other) => other !== pair) : [...chosen, pair];
}

function pairOf(choice) {
  return `${choice.dataset.name}=${choice.dataset.value}`;
}

function show(chosen) {
  const shown = rows.filter((row) => {
    const isShown = chosen.every((pair) => values.get(row).has(pair));
    row.hidden = !isShown;
    return isShown;
  });
  for (const section of [...document.querySelectorAll(".month"), ...document.querySelectorAll(".year")]) {
    section.hidden = !section.querySelector("li.entry:not([hidden])");
  }
  for (const choice of choices) {
    const pair = pairOf(choice);
    const count = shown.filter((row) => values.get(row).has(pair)).length;
    const isChosen = chosen.includes(pair);
    choice.href = address(toggled(chosen, pair));
    if (isChosen) choice.setAttribute("aria-current", "true");
    else choice.removeAttribute("aria-current");
    choice.querySelector(".count").textContent = count;
    choice.parentElement.hidden = !count && !isChosen;
  }
  tell(shown.length, chosen);
}

function tell(count, chosen) {
  const line = document.querySelector(".shown");
  const [said, all] = line.children;
  const words = choices.filter((choice) => chosen.includes(pairOf(choice))).map((choice) => choice.firstElementChild.textContent);
  said.textContent = chosen.length
    ? `${said.dataset.shown.replace("{shown}", count).replace("{all}", rows.length)}: ${words.join(said.dataset.separator)}`
    : "";
  all.href = address([]);
  all.hidden = !chosen.length;
}

function applyFilters() {
  if (choices.length) show(chosenIn(location.search));
}

function findFilters() {
  choices = [...document.querySelectorAll(".choice a")];
  rows = [...document.querySelectorAll("li.entry")];
  values = new Map(rows.map((row) => [row, valuesOf(row)]));
  for (const section of document.querySelectorAll(".choice")) section.hidden = false;
  applyFilters();
}

function startFilters() {
  findFilters();
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".choice a, .shown a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    applyFilters();
  });
  addEventListener("popstate", applyFilters);

  const [arrival] = performance.getEntriesByType("navigation");
  if (choices.length && location.search && location.hash && arrival?.type === "navigate") document.getElementById(named(location.hash))?.scrollIntoView();
}

// A permalink copies its whole address, and says so beside itself and to a screen reader.

const speaker = document.createElement("span");
speaker.className = "hidden";
speaker.setAttribute("role", "status");

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    location.assign(link.href);
    return;
  }
  link.dataset.said = speaker.textContent = copied;
  setTimeout(() => {
    delete link.dataset.said;
    speaker.textContent = "";
  }, 2000);
}

function prepareCopying() {
  document.body.append(speaker);
  for (const link of document.querySelectorAll("[data-copy='label']")) link.textContent = copyLink;
}

function startCopying() {
  prepareCopying();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-copy]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    copy(link);
  });
}

leadOn();
addEventListener("hashchange", leadOn);
startFilters();
startCopying();

// The preview puts a new state of the page in place of the old one, without what was set up above.

document.addEventListener("sitegen:morphed", () => {
  findFilters();
  prepareCopying();
});
