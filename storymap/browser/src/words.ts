/** The interface's words, in the language of the page. */

/** The text of this name, its placeholders filled. */
export type Words = (name: string, values?: Record<string, string | number>) => string

export function wordsOf(texts: Record<string, string>): Words {
  return (name, values = {}) => fill(texts[name] ?? "", values)
}

/** Fills the placeholders of a text: "Step {step} of {count}". */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(values[name] ?? placeholder),
  )
}
