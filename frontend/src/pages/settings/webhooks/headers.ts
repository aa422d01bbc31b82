/** Returns headers as lines of "Name: value". */
export const headersText = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')

/** Returns the headers in lines of "Name: value"; a line without a colon has no value. */
export const readHeaders = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line): [string, string] => {
        const at = line.indexOf(':')
        return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
      })
      .filter(([name]) => name !== ''),
  )
