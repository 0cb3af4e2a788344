/** The runtime's start: finds the page's parts and wires them to one stepper. */
document.documentElement.classList.add("sm-on")

import { readStory } from "./story.ts"

const story = readStory(document.getElementById("storymap-data")?.textContent ?? "")
document.documentElement.dataset["storymap"] = story.version === 1 ? "ready" : "failed"
