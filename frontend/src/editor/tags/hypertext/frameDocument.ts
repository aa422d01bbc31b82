import { type TagNode, type TaskConfig, upward } from '../../core/taskConfig'
import { frameCss } from '../scopedCss'

/** The page inside the frame: nothing runs in it, and it calls no host but for pictures and sounds. */
export const FRAME_PAGE = `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data: blob: http: https:; media-src 'self' data: blob: http: https:; style-src 'unsafe-inline'; font-src 'self' data:"><style>
html { overflow-x: auto; overflow-y: hidden }
body { position: relative; margin: 0; padding: 12px 16px; font: 15px/1.65 system-ui, sans-serif; overflow-wrap: anywhere; min-height: 24px }
img, video, table { max-width: 100% }
table { border-collapse: collapse }
.pe-dead-link { color: #2f5fd8; text-decoration: underline; cursor: text }
.pe-text_over { cursor: pointer }
.pe-text_dragging { user-select: none; cursor: ew-resize }
.pe-caret { position: absolute; z-index: 8; width: 2px; margin-left: -1px; background: #2f5fd8; pointer-events: none }
.pe-caret[hidden] { display: none }
body:focus { outline: none } body:focus-visible { outline: 2px solid #2f5fd8; outline-offset: -2px }
.pe-edge { position: absolute; z-index: 9; width: 12px; margin-left: -6px; cursor: ew-resize; touch-action: none }
.pe-edge[hidden] { display: none }
.pe-edge::after { content: ""; position: absolute; left: 5px; top: -3px; bottom: -3px; width: 3px; border-radius: 2px; background: #2f5fd8 }
.pe-labeled { line-height: 2.2 }
.pe-chips { user-select: none; pointer-events: none }
.pe-chip-over { position: absolute; transform: translate(-100%, -78%); padding: 1px 4px; border: 1px solid var(--pe-span); border-radius: 3px; background: #fff; color: #1d2430; font: 600 10px/1.2 system-ui, sans-serif; white-space: nowrap }
</style></head><body></body></html>`

/** Returns rules that give a document without colors of its own those of the page around it. */
export function themeRules(around: HTMLElement): string {
  const style = getComputedStyle(around)
  const [text, ground] = [style.getPropertyValue('--pe-text').trim(), style.getPropertyValue('--pe-surface').trim()]
  const scheme = style.colorScheme || 'light'
  return `html { color-scheme: ${scheme} } body { color: ${text || 'inherit'}; background: ${ground || 'transparent'} } .pe-dead-link { color: ${style.getPropertyValue('--pe-accent').trim() || 'inherit'} }`
}

/** Returns the config's own rules for a frame, with those of our variables that they use. */
export function configRules(config: TaskConfig, around: HTMLElement): string {
  const css = config.nodes
    .filter((node) => node.tag === 'Style')
    .map((node) => frameCss(node.attrs.value ?? node.text))
    .join('')
  const style = getComputedStyle(around)
  const used = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1] as string))
  const values = [...used].flatMap((name) => {
    const value = style.getPropertyValue(name).trim()
    return value === '' || /[{}<;]/.test(value) ? [] : [`${name}: ${value}`]
  })
  return values.length === 0 ? css : `html { ${values.join('; ')} } ${css}`
}

/** Returns the classes of all that stands around a tag, so that rules for what lies in them reach into its frame. */
export const classesAround = (node: TagNode): string =>
  ['lsf-main-view', 'lsf-main-content', ...[...upward(node)].map((tag) => tag.attrs.className ?? '')]
    .filter((name) => name !== '')
    .join(' ')

/** Hands keys pressed in a frame to the page around it. Returns how to stop that. */
export function forwardKeys(frame: HTMLIFrameElement): () => void {
  const inner = frame.contentDocument
  const forward = (event: KeyboardEvent) => {
    const copy = new KeyboardEvent(event.type, {
      key: event.key,
      code: event.code,
      ctrlKey: event.ctrlKey,
      shiftKey: event.shiftKey,
      altKey: event.altKey,
      metaKey: event.metaKey,
      repeat: event.repeat,
      bubbles: true,
      cancelable: true,
    })
    if (!frame.dispatchEvent(copy)) event.preventDefault()
  }
  inner?.addEventListener('keydown', forward)
  inner?.addEventListener('keyup', forward)
  return () => {
    inner?.removeEventListener('keydown', forward)
    inner?.removeEventListener('keyup', forward)
  }
}
