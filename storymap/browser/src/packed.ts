/** What the page keeps deflated and in base 64. */

/** The bytes that a text holds, as an answer to be read. */
export function unpacked(text: string): Response {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")))
}
