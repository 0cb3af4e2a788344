/**
 * What runs first: marks the page as alive, then starts the rest.
 *
 * The rest is evaluated later, so that the page can say so even where Leaflet is missing.
 */
import { fail } from "./failure.ts"
import { buildPlates } from "./plates.ts"

document.documentElement.classList.add("sm-on")
window.addEventListener("beforeprint", buildPlates)
import("./main.ts").then(({ start }) => start()).catch(fail)
