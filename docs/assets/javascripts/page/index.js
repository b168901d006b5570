// What every page runs: small helps that the pages can do without. What only some pages need is
// fetched where they need it.

import "./frame/scheme.js";
import "./frame/menu.js";
import "./frame/place.js";
import "./frame/folds.js";
import "./notes.js";
import "./code.js";
import "./search/opener.js";
import "./tools.js";
import "./copy.js";
import "./links.js";
import "./keep.js";

const dated = document.querySelector(".fact[data-since], a.rec[data-since], tr[data-record]");
if (dated || new URLSearchParams(location.search).has("asof")) import("./asof.js");
if (document.querySelector(".record, .change")) import("./records.js");
if (document.querySelector('tr a[tabindex="-1"]')) import("./rows.js");
if (document.querySelector(".exercise")) import("./exercises.js");
if (document.querySelector("[data-not-found]")) import("./notfound.js");
