import { useEffect, useRef, useState } from 'react'
import { flag } from '../../core/labelConfig'
import type { TagNode } from '../../core/taskConfig'
import { useEditorScope } from '../EditorContext'
import { useSpanOptions } from '../useSpanOptions'
import { useText } from '../useText'
import { classesAround, configRules, FRAME_PAGE, forwardKeys, themeRules } from './frameDocument'
import type { HtmlDocument } from './htmlDocument'
import { showHtml, tameLinks } from './showHtml'

// WebKit calls no listeners of ours in a frame without scripts (bug 218086); the frame's own policy forbids all others.
const IS_WEBKIT = /AppleWebKit/.test(navigator.userAgent) && !/Chrom(e|ium)/.test(navigator.userAgent)
const SANDBOX = `allow-same-origin${IS_WEBKIT ? ' allow-scripts' : ''}`

/** Clean HTML in a frame that runs nothing and leads nowhere; it is as high as its content. */
export function HtmlFrame({ node, read }: { node: TagNode; read: () => HtmlDocument }) {
  const t = useText()
  const { editor, setScope } = useEditorScope()
  const frame = useRef<HTMLIFrameElement>(null)
  const [isReady, setReady] = useState(false)
  const options = useSpanOptions(node)
  const areClickable = flag(node, 'clickableLinks')
  useEffect(() => {
    const element = frame.current
    const page = element?.contentDocument
    if (!isReady || !element || !page) return
    const html = read()
    const own = page.createElement('style')
    own.textContent = html.css
    const theme = page.createElement('style')
    theme.textContent = html.isStyled ? 'body { background: #fff; color: #1d2430 }' : themeRules(element)
    const configured = page.createElement('style')
    configured.textContent = configRules(editor.config, element)
    page.head.append(theme, own, configured)
    page.documentElement.className = classesAround(node)
    page.body.replaceChildren(...html.body.childNodes)
    page.body.className = 'htx-richtext lsf-htx-richtext'
    tameLinks(page.body, areClickable)
    const origin = () => element.getBoundingClientRect()
    const shown = showHtml({ editor, node, html, root: page.body, frame: page.body, options, origin })
    const fit = () => {
      element.style.height = `${Math.ceil(page.body.getBoundingClientRect().height)}px`
      shown.redraw()
    }
    const resized = new ResizeObserver(fit)
    resized.observe(page.body)
    const endKeys = forwardKeys(element)
    const use = () => setScope(node.attrs.name ?? '')
    page.addEventListener('pointerdown', use)
    return () => {
      resized.disconnect()
      endKeys()
      page.removeEventListener('pointerdown', use)
      shown.destroy()
      own.remove()
      theme.remove()
      configured.remove()
    }
  }, [editor, node, read, options, isReady, areClickable, setScope])
  return (
    <section className="pe-object lsf-object pe-html">
      <iframe
        ref={frame}
        className="pe-html__frame"
        title={t('objects.text', { name: node.attrs.name ?? '' })}
        sandbox={`${SANDBOX}${areClickable ? ' allow-popups allow-popups-to-escape-sandbox' : ''}`}
        srcDoc={FRAME_PAGE}
        data-testid={`html-${node.attrs.name}`}
        onLoad={() => setReady(true)}
      />
    </section>
  )
}
