import { configError } from './problems'

/** One element of an XML text. `markup` is what stood between its tags, letter by letter. */
export interface XmlElement {
  readonly name: string
  readonly attrs: ReadonlyMap<string, string>
  readonly line: number
  readonly column: number
  readonly children: readonly XmlElement[]
  readonly text: string
  readonly markup: string
  /** Where in the source it stands: its `<`, the end of its first tag, and its end. */
  readonly from: number
  readonly tagTo: number
  readonly to: number
}

export interface XmlDocument {
  readonly root: XmlElement
  readonly comments: readonly string[]
}

interface Open {
  name: string
  attrs: Map<string, string>
  line: number
  column: number
  children: XmlElement[]
  text: string
  from: number
  contentAt: number
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const NAME = /[\p{L}_:][\p{L}\p{N}_:.\u00b7-]*/uy
const SPACE = /[ \t\r\n]*/y
const MAX_DEPTH = 100

/**
 * Reads XML without document types, entities and processing instructions; throws `ConfigError`.
 *
 * Browsers' own parsers do not tell where an element stands, so this one counts lines and columns (in code points, from 1).
 */
export function parseXml(source: string): XmlDocument {
  return new Reader(source).run()
}

class Reader {
  private at = 0
  private readonly stack: Open[] = []
  private readonly comments: string[] = []
  private root: XmlElement | null = null
  private countedTo = 0
  private line = 1
  private lineStart = 0

  constructor(private readonly source: string) {}

  run(): XmlDocument {
    const { source } = this
    if (source.startsWith('\ufeff')) this.at = 1
    if (/^<\?xml\s/.test(source.slice(this.at, this.at + 6))) this.skipTo('?>', this.at)
    while (this.at < source.length) this.step()
    if (this.stack.length > 0 || !this.root) throw this.malformed('no element found', source.length)
    return { root: this.root, comments: this.comments }
  }

  private step(): void {
    const { source, at } = this
    if (source[at] !== '<') this.characters()
    else if (source.startsWith('<!--', at)) this.comment()
    else if (source.startsWith('<![CDATA[', at)) this.cdata()
    else if (source.startsWith('<!', at) || source.startsWith('<?', at)) this.refuse()
    else if (source[at + 1] === '/') this.endTag()
    else this.startTag()
  }

  private refuse(): never {
    const { source, at } = this
    if (source[at + 1] === '?') {
      throw this.fault('instruction', 'Processing instructions are forbidden in a label config.', at)
    }
    if (/^<!doctype/i.test(source.slice(at, at + 9))) {
      throw this.fault('doctype', 'A document type (DOCTYPE) is forbidden in a label config.', at)
    }
    throw this.malformed('not well-formed (invalid token)', at)
  }

  private characters(): void {
    const end = this.source.indexOf('<', this.at)
    const stop = end < 0 ? this.source.length : end
    const raw = this.source.slice(this.at, stop)
    const open = this.stack[this.stack.length - 1]
    if (open) open.text += this.decode(raw, this.at)
    else if (raw.trim() !== '') {
      const place = this.at + raw.search(/\S/)
      throw this.malformed(this.root ? 'junk after document element' : 'not well-formed (invalid token)', place)
    }
    this.at = stop
  }

  private comment(): void {
    const start = this.at
    const end = this.source.indexOf('--', start + 4)
    if (end < 0) throw this.malformed('unclosed token', start)
    if (this.source[end + 2] !== '>') throw this.malformed('not well-formed (invalid token)', end + 2)
    this.comments.push(this.source.slice(start + 4, end))
    this.at = end + 3
  }

  private cdata(): void {
    const start = this.at
    const end = this.source.indexOf(']]>', start)
    const open = this.stack[this.stack.length - 1]
    if (!open) throw this.malformed('not well-formed (invalid token)', start)
    if (end < 0) throw this.malformed('unclosed CDATA section', start)
    open.text += normalizeLines(this.source.slice(start + 9, end))
    this.at = end + 3
  }

  private endTag(): void {
    const start = this.at
    this.at += 2
    const name = this.name()
    this.space()
    if (this.source[this.at] !== '>') throw this.malformed('not well-formed (invalid token)', this.at)
    this.at += 1
    const open = this.stack.pop()
    if (!open || open.name !== name) throw this.malformed('mismatched tag', start + 2)
    this.close(open, this.source.slice(open.contentAt, start))
  }

  private startTag(): void {
    const start = this.at
    if (this.stack.length === 0 && this.root) throw this.malformed('junk after document element', start)
    this.at += 1
    const name = this.name()
    const [line, column] = this.place(start)
    const open: Open = { name, attrs: new Map(), line, column, children: [], text: '', from: start, contentAt: 0 }
    if (this.stack.length >= MAX_DEPTH) {
      throw configError('too_deep', `Tags are nested deeper than ${MAX_DEPTH} levels.`, line, column, name)
    }
    for (;;) {
      const before = this.at
      this.space()
      const char = this.source[this.at]
      if (char === undefined) throw this.malformed('unclosed token', start)
      if (char === '>') {
        this.at += 1
        open.contentAt = this.at
        this.stack.push(open)
        return
      }
      if (char === '/') {
        if (this.source[this.at + 1] !== '>') throw this.malformed('not well-formed (invalid token)', this.at + 1)
        this.at += 2
        open.contentAt = this.at
        this.close(open, '')
        return
      }
      if (before === this.at) throw this.malformed('not well-formed (invalid token)', this.at)
      this.attribute(open.attrs, start)
    }
  }

  private attribute(attrs: Map<string, string>, tagAt: number): void {
    const start = this.at
    const name = this.name()
    this.space()
    if (this.source[this.at] !== '=') throw this.malformed('not well-formed (invalid token)', this.at)
    this.at += 1
    this.space()
    const quote = this.source[this.at]
    if (quote !== '"' && quote !== "'") throw this.malformed('not well-formed (invalid token)', this.at)
    const end = this.source.indexOf(quote, this.at + 1)
    const raw = this.source.slice(this.at + 1, end < 0 ? undefined : end)
    const less = raw.indexOf('<')
    if (less >= 0) throw this.malformed('not well-formed (invalid token)', this.at + 1 + less)
    if (end < 0) throw this.malformed('unclosed token', tagAt)
    const value = this.decode(raw.replace(/\r\n|[\t\n\r]/g, ' '), this.at + 1)
    if (attrs.has(name)) throw this.malformed('duplicate attribute', start)
    attrs.set(name, value)
    this.at = end + 1
  }

  private close(open: Open, markup: string): void {
    const { contentAt: tagTo, ...rest } = open
    const element: XmlElement = { ...rest, markup, tagTo, to: this.at }
    const parent = this.stack[this.stack.length - 1]
    if (parent) parent.children.push(element)
    else this.root = element
  }

  private name(): string {
    NAME.lastIndex = this.at
    const match = NAME.exec(this.source)
    if (!match) throw this.malformed('not well-formed (invalid token)', this.at)
    this.at = NAME.lastIndex
    return match[0]
  }

  private space(): void {
    SPACE.lastIndex = this.at
    SPACE.exec(this.source)
    this.at = SPACE.lastIndex
  }

  private skipTo(end: string, from: number): void {
    const at = this.source.indexOf(end, from)
    if (at < 0) throw this.malformed('unclosed token', from)
    this.at = at + end.length
  }

  /** Replaces references in text that begins at `at`. */
  private decode(raw: string, at: number): string {
    if (raw.includes(']]>')) throw this.malformed('not well-formed (invalid token)', at + raw.indexOf(']]>'))
    if (!raw.includes('&')) return normalizeLines(raw)
    return normalizeLines(raw).replace(
      /&([^;&\s<]*)(;?)/g,
      (whole, body: string, semicolon: string, offset: number) => {
        const text = semicolon ? reference(body) : null
        if (text !== null) return text
        const known = semicolon && /^[A-Za-z_]/.test(body)
        throw this.malformed(
          known ? 'undefined entity' : 'not well-formed (invalid token)',
          at + offset + (known ? 0 : whole.length),
          '. Write &amp; for an ampersand.',
        )
      },
    )
  }

  private place(index: number): [number, number] {
    for (let at = this.countedTo; at < index; at += 1) {
      const char = this.source[at]
      if (char === '\n' || (char === '\r' && this.source[at + 1] !== '\n')) {
        this.line += 1
        this.lineStart = at + 1
      }
    }
    this.countedTo = Math.max(this.countedTo, index)
    return [this.line, Array.from(this.source.slice(this.lineStart, index)).length + 1]
  }

  private malformed(reason: string, index: number, hint = ''): Error {
    const [line, column] = this.place(index)
    return configError('malformed', `${reason}: line ${line}, column ${column}${hint}`, line, column)
  }

  private fault(code: string, message: string, index: number): Error {
    return configError(code, message, ...this.place(index))
  }
}

const normalizeLines = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)

function reference(body: string): string | null {
  const named = ENTITIES[body]
  if (named !== undefined) return named
  const match = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(body)
  if (!match) return null
  const code = match[1] ? Number.parseInt(match[1], 16) : Number(match[2])
  const isText = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff)
  return isText && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null
}
