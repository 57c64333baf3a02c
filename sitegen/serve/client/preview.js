// The server adds this script to the pages that it answers with; a build's pages never have it.
// It is no module itself, so that the theme's scripts and this one run in the order of the page.

import("./revisions.js");
