/**
 * What runs first: marks the page as alive, then starts the rest.
 *
 * The rest is evaluated later, so that the page can say so even where Leaflet is missing.
 */
import { fail } from "./failure.ts"

document.documentElement.classList.add("sm-on")
import("./main.ts").then(({ start }) => start()).catch(fail)
