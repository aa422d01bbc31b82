import type { CSSProperties } from 'react'

/** Returns the CSS declarations in a `style` attribute as React wants them; what could load something is left out. */
export function inlineStyle(text: string | undefined): CSSProperties | undefined {
  if (!text) return undefined
  const style: Record<string, string> = {}
  for (const declaration of text.split(/;(?![^(]*\))/)) {
    const colon = declaration.indexOf(':')
    if (colon < 0) continue
    const name = declaration.slice(0, colon).trim()
    const value = declaration
      .slice(colon + 1)
      .replace(/!important/i, '')
      .trim()
    if (name === '' || value === '' || isUnsafe(value)) continue
    style[name.startsWith('--') ? name : camelCase(name)] = value
  }
  return style as CSSProperties
}

/** Tells whether a piece of CSS could run something or call a host. */
export function isUnsafe(css: string): boolean {
  const plain = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff)),
    )
    .replace(/\\/g, '')
  return /expression\s*\(|javascript:|vbscript:|url\s*\(|src\s*\(|image-set\s*\(|image\s*\(|@import|behavior\s*:|-moz-binding/i.test(
    plain,
  )
}

const camelCase = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^-ms-/, 'ms-')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
