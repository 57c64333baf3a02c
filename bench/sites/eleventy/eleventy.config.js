import footnotes from "markdown-it-footnote";

const LISTS = { people: "people", places: "places", tags: "topics" }; // address, and key in the front matter
const MONTHS = "January February March April May June July August September October November December".split(" ");

export const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

function terms(entries) {
  return Object.entries(LISTS).flatMap(([list, key]) => {
    const found = new Map();
    for (const entry of entries)
      for (const name of entry.data[key]) {
        if (!found.has(name)) found.set(name, []);
        found.get(name).push(entry);
      }
    const names = [...found.keys()].sort();
    return names.map((name) => ({ list, name, href: `/${list}/${slug(name)}/`, entries: found.get(name) }));
  });
}

export default function (config) {
  const latestFirst = (api) => api.getFilteredByGlob("entries/*.md").sort((one, other) => other.date - one.date);
  let places = new Map(); // of an entry's address in the order of time: looked up, since a search for each would take N × N steps
  let inOrder = [];

  config.amendLibrary("md", (markdown) => markdown.use(footnotes));
  config.addCollection("timeline", (api) => {
    inOrder = latestFirst(api);
    places = new Map(inOrder.map((entry, place) => [entry.url, place]));
    return inOrder;
  });
  config.addCollection("terms", (api) => terms(latestFirst(api)));
  config.addFilter("slug", slug);
  config.addFilter("day", (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`);
  config.addFilter("instant", (date) => date.toISOString());
  config.addFilter("beside", (url, step) => inOrder[places.get(url) + step]);
  config.addFilter("of", (all, list) => all.filter((term) => term.list === list));
  return { markdownTemplateEngine: false };
}
