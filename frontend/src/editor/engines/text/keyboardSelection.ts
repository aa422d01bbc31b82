import { clickRegion } from '../../core/regionActions'
import { isRightToLeft } from './bidi'
import { byCharacter, byLine, byWord } from './caretMoves'
import type { PointerParts } from './spanPointer'
import { labelSelection, rangeOf, selectWithin } from './spanSource'

/** Lets people select text and make regions by keys: arrows, with Shift to select and with Ctrl by words; then Enter. */
export function listenToKeys({ root, frame, editor, surface, source }: PointerParts): { destroy(): void } {
  const { text } = source
  const owner = root.ownerDocument
  const caret = owner.createElement('span')
  caret.className = 'pe-caret'
  caret.hidden = true
  frame.append(caret)
  let [anchor, focus] = [0, 0]
  let isShown = false
  root.tabIndex = 0

  const boxAt = (at: number): { left: number; top: number; height: number } | null => {
    const before = at > 0 && (at >= text.length || /[\n\r]/.test(text[at] as string))
    const box = before
      ? surface.edgeOf({ start: at - 1, end: at }, 'end')
      : surface.edgeOf({ start: at, end: at + 1 }, 'start')
    if (!box) return null
    const isLeft = before === isRightToLeft(text, before ? at - 1 : at)
    return { left: isLeft ? box.left : box.right, top: box.top, height: box.height }
  }
  const place = () => {
    const box = isShown ? boxAt(focus) : null
    caret.hidden = !box
    if (!box) return
    const origin = frame.getBoundingClientRect()
    caret.style.left = `${box.left - origin.left + frame.scrollLeft}px`
    caret.style.top = `${box.top - origin.top + frame.scrollTop}px`
    caret.style.height = `${box.height}px`
    caret.scrollIntoView({ block: 'nearest' })
  }
  const go = (to: number, isExtending: boolean) => {
    focus = to
    if (!isExtending) anchor = to
    surface.select({ start: Math.min(anchor, focus), end: Math.max(anchor, focus) })
    place()
  }
  /** The place in the line above or below: the nearest one that is another. */
  const byRow = (step: 1 | -1): number => {
    const box = boxAt(focus)
    if (!box) return step === 1 ? byLine(text, focus, 1) + 1 : byLine(text, focus, -1) - 1
    for (let rows = 1; rows <= 6; rows += 1) {
      const at = surface.offsetAt(box.left, box.top + box.height * (0.5 + (step * rows) / 2))
      const there = at === null ? null : boxAt(at)
      if (at !== null && there && Math.abs(there.top - box.top) > box.height / 2) return at
    }
    return step === 1 ? byLine(text, focus, 1) + 1 : byLine(text, focus, -1) - 1
  }
  const target = (event: KeyboardEvent): number | null => {
    const isWord = event.ctrlKey || event.metaKey
    const sideways = (step: 1 | -1) => (isWord ? byWord(text, focus, step) : byCharacter(text, focus, step))
    // On the screen, left is onward in texts that are written from right to left.
    const isMirrored = isRightToLeft(text, Math.min(focus, text.length - 1))
    if (event.key === 'ArrowRight') return sideways(isMirrored ? -1 : 1)
    if (event.key === 'ArrowLeft') return sideways(isMirrored ? 1 : -1)
    if (isWord) return null
    if (event.key === 'ArrowDown') return byRow(1)
    if (event.key === 'ArrowUp') return byRow(-1)
    if (event.key === 'Home') return byLine(text, focus, -1)
    return event.key === 'End' ? byLine(text, focus, 1) : null
  }
  const hasQuestions = () => editor.controlsOf(source.node.attrs.name ?? '').some((control) => control.isPerRegion)
  const enter = (): boolean => {
    const range = { start: Math.min(anchor, focus), end: Math.max(anchor, focus) }
    if (range.start < range.end) {
      if (source.node.attrs.selectionEnabled === 'false' || !labelSelection(editor, source, range))
        selectWithin(editor, source, range)
      go(focus, false)
      return true
    }
    const here = editor.store.regions().findLast((region) => {
      const span = editor.session.hidden.get().has(region.id) ? null : rangeOf(source, region)
      return span !== null && span.start <= focus && focus < span.end
    })
    // A second Enter leads to the questions about the region.
    if (here && editor.selection.only() === here.id && hasQuestions()) return false
    if (here) clickRegion(editor, here.id, 'only')
    return here !== undefined
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== root || event.altKey || event.isComposing) return
    // Keys that belong to the phrases of a dialogue stay theirs.
    if (source.node.tag === 'Paragraphs' && (event.ctrlKey || event.metaKey) && !event.shiftKey) return
    const to = target(event)
    let isDone = to !== null
    if (to !== null) {
      isShown = true
      go(Math.min(Math.max(to, 0), text.length), event.shiftKey)
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) isDone = enter()
    else if (event.key === 'Escape' && anchor !== focus) {
      go(focus, false)
      isDone = true
    }
    if (!isDone) return
    event.preventDefault()
    event.stopPropagation()
  }
  const onFocus = () => {
    isShown = root.matches(':focus-visible')
    place()
  }
  const onBlur = () => {
    isShown = false
    place()
  }
  const onDown = (event: PointerEvent) => {
    isShown = false
    const at = surface.offsetAt(event.clientX, event.clientY)
    if (at !== null) [anchor, focus] = [at, at]
    place()
  }
  root.addEventListener('keydown', onKey)
  root.addEventListener('focus', onFocus)
  root.addEventListener('blur', onBlur)
  root.addEventListener('pointerdown', onDown)
  return {
    destroy() {
      root.removeEventListener('keydown', onKey)
      root.removeEventListener('focus', onFocus)
      root.removeEventListener('blur', onBlur)
      root.removeEventListener('pointerdown', onDown)
      caret.remove()
    },
  }
}
