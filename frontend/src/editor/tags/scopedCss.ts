import { isUnsafe } from './inlineStyle'

const GROUPS = /^@(media|supports|container|layer)\b/i
const PAINTED = /\.(?:lsf-)?htx-highlight$/
const KEYFRAMES = /^@(-webkit-)?keyframes\b/i

/**
 * Returns CSS that touches only what lies inside `scope`.
 *
 * Highlights that the browser paints are no elements: rules for `.htx-highlight` are written for them, too.
 * Declarations that could load something, imports, fonts and everything that cannot be read are left out.
 */
export function scopedCss(css: string, scope: string): string {
  return rules(withoutComments(css), (selector) => scopeSelector(selector, scope))
}

/** Returns the CSS of a config for a frame of its own: it need not be scoped, but is as safe. */
export const frameCss = (css: string): string => rules(withoutComments(css), (selector) => selector)

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?(\*\/|$)/g, ' ')

/** Returns a selector list with every selector put under `scope`; the page itself becomes the scope. */
export function scopeSelector(list: string, scope: string): string {
  return splitOutside(list, ',')
    .map((selector) => selector.trim())
    .filter((selector) => selector !== '')
    .map((selector) => {
      const rest = selector.replace(/^((html|body|:root)(?![\w-])[\s>]*)+/i, '')
      if (rest === selector) return `${scope} ${selector}`
      return rest === ''
        ? scope
        : `${scope}${/^[.#:[]/.test(rest) && !/[\s>]$/.test(selector.slice(0, -rest.length)) ? '' : ' '}${rest}`
    })
    .join(', ')
}

function rules(css: string, toSelector: (list: string) => string): string {
  let out = ''
  let at = 0
  while (at < css.length) {
    const open = findOutside(css, '{;', at)
    if (open < 0) break
    const prelude = css.slice(at, open).trim()
    if (css[open] === ';') {
      at = open + 1
      continue
    }
    const close = closing(css, open)
    const body = css.slice(open + 1, close)
    if (GROUPS.test(prelude) && !isUnsafe(prelude)) out += `${prelude} { ${rules(body, toSelector)} }\n`
    else if (KEYFRAMES.test(prelude)) out += `${prelude} { ${rules(body, (stop) => stop)} }\n`
    else if (prelude !== '' && !/[@<}]/.test(prelude)) {
      out += `${toSelector(prelude)} { ${declarations(body)} }\n`
      const painted = splitOutside(prelude, ',').filter((selector) => PAINTED.test(selector.trim()))
      for (const selector of painted)
        out += `${toSelector(selector.trim().replace(PAINTED, '::highlight(htx-highlight)'))} { ${declarations(body)} }\n`
    }
    at = close + 1
  }
  return out
}

function declarations(body: string): string {
  return splitOutside(body, ';')
    .map((part) => part.trim())
    .filter((part) => /^(--)?[\w-]+\s*:/.test(part) && !/[{}<]/.test(withoutStrings(part)) && !isUnsafe(part))
    .join('; ')
}

const withoutStrings = (css: string): string => css.replace(/"(\\.|[^"\\])*"|'(\\.|[^'\\])*'/g, '""')

/** Returns the index of the first of `chars` that is not inside a string or brackets; -1 if there is none. */
function findOutside(css: string, chars: string, from: number): number {
  let depth = 0
  for (let at = from; at < css.length; at += 1) {
    const char = css[at] as string
    if (char === '\\') at += 1
    else if (char === '"' || char === "'") at = stringEnd(css, at)
    else if (depth === 0 && chars.includes(char)) return at
    else if (char === '(' || char === '[') depth += 1
    else if (char === ')' || char === ']') depth = Math.max(0, depth - 1)
  }
  return -1
}

function closing(css: string, open: number): number {
  let depth = 0
  for (let at = open; at < css.length; at += 1) {
    const char = css[at] as string
    if (char === '\\') at += 1
    else if (char === '"' || char === "'") at = stringEnd(css, at)
    else if (char === '{') depth += 1
    else if (char === '}') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return css.length
}

function stringEnd(css: string, open: number): number {
  for (let at = open + 1; at < css.length; at += 1) {
    if (css[at] === '\\') at += 1
    else if (css[at] === css[open] || css[at] === '\n') return at
  }
  return css.length
}

function splitOutside(text: string, char: string): string[] {
  const parts: string[] = []
  let from = 0
  for (;;) {
    const at = findOutside(text, char, from)
    parts.push(text.slice(from, at < 0 ? undefined : at))
    if (at < 0) return parts
    from = at + 1
  }
}
