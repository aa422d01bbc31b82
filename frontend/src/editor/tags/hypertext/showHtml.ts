import type { Editor } from '../../core/editor'
import type { TagNode } from '../../core/taskConfig'
import { FlowSurface } from '../../engines/text/flowSurface'
import { showSpans } from '../../engines/text/showSpans'
import type { SurfaceOptions } from '../../engines/text/spanSurface'
import { type HtmlDocument, textsUnder } from './htmlDocument'
import { htmlSource } from './source'

interface HtmlParts {
  readonly editor: Editor
  readonly node: TagNode
  readonly html: HtmlDocument
  readonly root: HTMLElement
  readonly frame: HTMLElement
  readonly options: SurfaceOptions
  readonly origin?: () => { readonly left: number; readonly top: number }
}

/** Shows and follows the regions of HTML that stands under `root`. */
export function showHtml({ html, node, ...parts }: HtmlParts) {
  const pieces = textsUnder(parts.root).filter((text) => html.paths.has(text))
  const paths = pieces.map((piece) => html.paths.get(piece) as string)
  const surface = new FlowSurface({ root: parts.root, frame: parts.frame, pieces, between: '' })
  const shown = showSpans({ ...parts, surface, source: htmlSource(node, surface, paths) })
  return {
    redraw: () => shown.redraw(),
    destroy() {
      shown.destroy()
      surface.destroy()
    },
  }
}

/** Links go nowhere unless the config lets them; then they open in a window of their own. */
export function tameLinks(root: HTMLElement, areClickable: boolean): void {
  for (const link of root.querySelectorAll<HTMLElement>('a[href], area[href]')) {
    if (!areClickable) {
      link.removeAttribute('href')
      link.classList.add('pe-dead-link')
    } else if (!link.getAttribute('href')?.startsWith('#')) {
      link.setAttribute('target', '_blank')
      link.setAttribute('rel', 'noopener noreferrer')
    }
  }
}
