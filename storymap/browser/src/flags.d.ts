/** Whether the bundle is one for pages with overlays or tiles; build.mjs makes one of each. */
declare const STREET: boolean
/** Whether it is one for pages of large gazetteers, likewise. */
declare const FURTHER: boolean
