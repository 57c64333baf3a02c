// The preview adds this script to every page it serves; pages of a build never have it.
// It is not a module, so that it runs in document order with the theme's scripts.

import("./revisions.js");
