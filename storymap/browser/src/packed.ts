/** What the page keeps deflated and in base 64. */

/** The bytes that a text holds, as an answer to be read. */
export function unpacked(text: string): Response {
  const letters = atob(text)
  const bytes = new Uint8Array(letters.length)
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at)
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")))
}
