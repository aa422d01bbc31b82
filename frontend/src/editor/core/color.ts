/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number]

const PALETTE_SIZE = 360

/** Returns a color made from a text: always the same for the same text, readable on light and dark grounds. */
export function colorFromText(text: string): string {
  let hash = 2166136261
  for (const char of text) {
    hash ^= char.codePointAt(0) as number
    hash = Math.imul(hash, 16777619)
  }
  const spread = hash >>> 0
  const hue = spread % PALETTE_SIZE
  const lightness = 42 + ((spread >>> 9) % 14)
  return toHex(fromHsl(hue, 68, lightness))
}

/** Returns a color written as `#rgb`, `#rrggbb` or `rgb(…)`; `null` for names and other forms. */
export function parseColor(text: string): Rgb | null {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1]
  if (hex && (hex.length === 3 || hex.length === 4)) {
    return [0, 1, 2].map((at) => Number.parseInt((hex[at] as string).repeat(2), 16)) as unknown as Rgb
  }
  if (hex && (hex.length === 6 || hex.length === 8)) {
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(text.trim())
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : null
}

/** Returns black or white, whichever is easier to read on a color; the page's own color for one that is not understood. */
export function readableOn(color: string): string {
  const rgb = parseColor(color)
  if (!rgb) return ''
  const [r, g, b] = rgb.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb
  // Equal contrast with black and white lies at a luminance of 0.179.
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#10141a' : '#ffffff'
}

/** Returns `#rrggbb`. */
export const toHex = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const s = saturation / 100
  const l = lightness / 100
  const part = (n: number) => {
    const k = (n + hue / 30) % 12
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  }
  return [part(0), part(8), part(4)]
}
