/** The interface's words, in the language of the page. */

/** Fills the placeholders of a text: "Step {step} of {count}". */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder))
}
