/**
 * The bundle that a page carries, `dist/leaflet.js` or the part of it that a story needs,
 * `dist/leaflet-story.js`, `dist/storymap.js` and `dist/storymap.css`, and
 * the page around it while it is being written, `dist/preview.html`, `.js` and `.css`; what other
 * pages show it with, `dist/story-map.js`, and the lesson page's `dist/lesson.js` and `.css`.
 *
 * The same sources give the same bytes.
 */
import { build, transform } from "esbuild"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
/** Where the bundle goes: the folder that the command line names, or `dist`. */
const dist = (name) => join(process.argv[2] ?? here("dist"), name)
const read = (path) => readFile(here(path), "utf8")
const leaflet = (path) => read(`node_modules/leaflet/${path}`)

/** How each script is bundled. */
const SCRIPT = { bundle: true, format: "iife", minify: true, target: "es2022" }

/** Leaflet's rules for panes, zoom and cursors; its look (and its pictures) is not ours. */
function leafletCss(css) {
  const [layout] = css.split("/* visual tweaks */")
  if (layout === css) throw new Error("leaflet.css has changed: no section 'visual tweaks'")
  return layout
}

/** The look that all pages share; those that are not the story's have no other style of its. */
const PALETTE = "palette.css"

/** What only pages with overlays or tiles carry. */
const STREET = "street.css"

/** What only pages of large gazetteers carry. */
const FURTHER = "further.css"

/** What only pages with more than small pictures carry. */
const MEDIA = "media.css"

/** The style of the list of many stories, a page of its own. */
const OVERVIEW = "overview.css"

/** What comes after the rest, which it overrules. */
const PRINT = "print.css"

const found = (await readdir(here("src"))).filter((name) => name.endsWith(".css")).sort()
const PARTS = [STREET, FURTHER, MEDIA]
const own = [...found.filter((name) => ![...PARTS, OVERVIEW, PRINT].includes(name)), PRINT]
const styles = [leafletCss(await leaflet("dist/leaflet.css"))]
for (const name of own) styles.push(await read(`src/${name}`))

async function minified(css) {
  const { code } = await transform(css, { loader: "css", minify: true, legalComments: "none" })
  return code
}

await mkdir(dist(""), { recursive: true })
for (const parts of [[], ["street"], ["further"], ["street", "further"]]) {
  await build({
    ...SCRIPT,
    entryPoints: [here("src/begin.ts")],
    outfile: dist(`${["storymap", ...parts].join("-")}.js`),
    define: {
      STREET: String(parts.includes("street")),
      FURTHER: String(parts.includes("further")),
    },
  })
}
for (const path of ["first", "media", "embed/story-map", "embed/lesson"]) {
  await build({
    ...SCRIPT,
    entryPoints: [here(`src/${path}.ts`)],
    outfile: dist(`${basename(path)}.js`),
  })
}
await writeFile(dist("storymap.css"), await minified(styles.join("\n")))
for (const name of PARTS) {
  await writeFile(dist(name), await minified(await read(`src/${name}`)))
}
const palette = await read(`src/${PALETTE}`)
for (const path of [OVERVIEW, "embed/lesson.css", "preview/preview.css"]) {
  await writeFile(dist(basename(path)), await minified(palette + (await read(`src/${path}`))))
}
await writeFile(
  dist("leaflet.js"),
  (await leaflet("dist/leaflet.js")).replace(/\/\/# sourceMappingURL=.*\n?/, ""),
)
const { version } = JSON.parse(await leaflet("package.json"))
await build({
  ...SCRIPT,
  entryPoints: [here("src/leaflet.js")],
  outfile: dist("leaflet-story.js"),
  banner: { js: `/* Parts of Leaflet ${version}, (c) Volodymyr Agafonkin, CloudMade; BSD-2-Clause */` },
})
await writeFile(dist("LICENSE-leaflet.txt"), await leaflet("LICENSE"))

await build({
  ...SCRIPT,
  entryPoints: { preview: here("src/preview/main.ts") },
  outdir: dist(""),
  format: "esm",
})
await writeFile(dist("preview.html"), await read("src/preview/preview.html"))
