"""What a page makes of a stranger's texts: whether each is shown whole, and none of it is live."""

from filling import MARKDOWN

GATHER = """() => {
    const data = []
    const strings = (value) => {
        if (typeof value === "string") data.push(value)
        else if (value && typeof value === "object") Object.values(value).forEach(strings)
    }
    const islands = [...document.querySelectorAll("script[type$=json]")]
    islands.forEach((each) => strings(JSON.parse(each.textContent)))
    const words = [...document.querySelectorAll("*")].flatMap((each) =>
        [...each.attributes].filter(({ name }) => name !== "src").map(({ value }) => value))
    return [document.documentElement.textContent, ...words, ...data].join("\\n")
}"""
SOUND = """() => {
    const wrong = []
    for (const each of document.querySelectorAll("*")) {
        for (const { name, value } of each.attributes) {
            if (/^on|^srcdoc$|^ping$/.test(name) || (name === "style" && /url|evil/.test(value)))
                wrong.push(`${each.tagName} ${name}=${value}`)
            if (/^(src|poster|data|action|formaction|background|srcset)$/.test(name))
                if (!/^data:/.test(value)) wrong.push(`${each.tagName} ${name}=${value}`)
            if (/href$/.test(name) && !/^(https?:|mailto:|#|data:image|data:,)/.test(value))
                wrong.push(`${each.tagName} ${name}=${value}`)
        }
    }
    const strange = "base, object, embed, applet, form, iframe, meta[http-equiv=refresh]"
    wrong.push(...[...document.querySelectorAll(strange)].map((each) => each.outerHTML))
    if (Object.keys(Object.prototype).length || {}.polluted) wrong.push("a prototype")
    if (window.canary || window.polluted) wrong.push("a global")
    return wrong
}"""
IN_PART = {("AnswerRecord", "id")}
"""what is shown without its beginning"""


def squeezed(text):
    return " ".join(text.split())


def unlike(put, shown):
    """Return what of the texts that were put is not shown as it was, and which are at all."""
    shown = squeezed(shown)
    seen = {(record, key) for record, key, text in put if text.rpartition(" ")[2] in shown}
    cut = [
        (record, key, text)
        for record, key, text in put
        if text.rpartition(" ")[2] in shown
        and squeezed(text) not in shown
        and (record, key) not in MARKDOWN | IN_PART
    ]
    return cut, seen
