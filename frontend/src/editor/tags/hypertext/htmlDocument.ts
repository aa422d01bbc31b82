import DOMPurify from 'dompurify'

/** Clean HTML, ready to stand in a page. */
export interface HtmlDocument {
  /** Holds the content; it belongs to no page yet. */
  readonly body: HTMLElement
  /** Rules of the document's own style sheets. */
  readonly css: string
  /** Whether the document brings colors of its own. */
  readonly isStyled: boolean
  /** Path of every text node in the document as it was written, relative to its body. */
  readonly paths: ReadonlyMap<Text, string>
}

const DROPPED =
  'script, noscript, template, iframe, frame, frameset, object, embed, applet, link, meta, base, title, style'
const ADDRESSES = /^(?:https?:|mailto:|tel:|#|\/(?!\/)|\.{0,2}\/|data:image\/|blob:|[^:/?#]*(?:[/?#]|$))/i

/** Reads HTML that somebody brought: nothing in it can run, and paths to its texts are those of the original. */
export function readHtml(source: string): HtmlDocument {
  const parsed = new DOMParser().parseFromString(source, 'text/html')
  const paths = new Map<Text, string>()
  collectPaths(parsed.body, '', paths)
  const css = [...parsed.querySelectorAll('style')].map((style) => style.textContent ?? '').join('\n')
  const isStyled = css.trim() !== '' || parsed.querySelector('[style*="color"], [bgcolor], [color]') !== null
  for (const element of parsed.querySelectorAll(DROPPED)) element.remove()
  const body = parsed.createElement('div')
  body.append(...parsed.body.childNodes)
  keepUnknown(body)
  DOMPurify.sanitize(body, {
    IN_PLACE: true,
    USE_PROFILES: { html: true, svg: true },
    ALLOWED_URI_REGEXP: ADDRESSES,
    FORBID_ATTR: ['autofocus', 'contenteditable', 'srcdoc', 'name', 'formaction', 'action'],
  })
  for (const node of textsUnder(body)) if (!paths.has(node)) paths.set(node, pathTo(node, body))
  return { body, css: safeCss(css), isStyled, paths }
}

/** Returns the text nodes under a node, in order. */
export function textsUnder(root: Node): Text[] {
  const walker = (root.ownerDocument ?? document).createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text)
  return texts
}

function collectPaths(parent: Node, path: string, paths: Map<Text, string>): void {
  const counts = new Map<string, number>()
  for (const child of parent.childNodes) {
    if (child.nodeType !== Node.TEXT_NODE && child.nodeType !== Node.ELEMENT_NODE) continue
    const name = child.nodeType === Node.TEXT_NODE ? 'text()' : child.nodeName.toLowerCase()
    const at = (counts.get(name) ?? 0) + 1
    counts.set(name, at)
    const here = `${path}/${name}[${at}]`
    if (child.nodeType === Node.TEXT_NODE) paths.set(child as Text, here)
    else collectPaths(child, here, paths)
  }
}

function pathTo(node: Text, root: Node): string {
  const found = new Map<Text, string>()
  collectPaths(root, '', found)
  return found.get(node) ?? ''
}

/** Elements that nobody knows become plain ones, so that cleaning leaves their texts alone. */
function keepUnknown(root: HTMLElement): void {
  for (const element of root.querySelectorAll('*')) {
    const isUnknown = element instanceof HTMLUnknownElement || element.localName.includes('-')
    if (!isUnknown || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') continue
    const plain = root.ownerDocument.createElement('span')
    plain.className = element.className
    plain.append(...element.childNodes)
    element.replaceWith(plain)
  }
}

/** Style sheets stay inside the frame; what could end them or load others is taken out. */
const safeCss = (css: string): string => css.replace(/<\/?style/gi, '').replace(/@import[^;]*;?/gi, '')
