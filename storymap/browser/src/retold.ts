/** Who has written words or names into the page, and writes them anew in another language. */

const writers: (() => void)[] = []

/** Calls *write* whenever the page and the document have changed to another language. */
export function whenRetold(write: () => void): void {
  writers.push(write)
}

/** Lets all write anew, in the order in which they have asked for it. */
export function retold(): void {
  for (const write of writers) write()
}
