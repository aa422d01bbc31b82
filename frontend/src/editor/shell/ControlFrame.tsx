import { type ReactNode, useEffect, useRef } from 'react'
import type { ShownProblem } from '../core/editor'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { useObservable, useShell } from './ShellContext'

const FOCUSABLE =
  'input:not([disabled]), textarea:not([disabled]), select:not([disabled]), button:not([disabled]), [tabindex="0"]'

/** Stands around a control without a box of its own; says what is missing there and brings it into view. */
export function ControlFrame({ name, children }: { name: string; children: ReactNode }) {
  const { editor } = useEditorScope()
  const problem = useEditor((e) => (e.problem.get()?.control === name ? e.problem.get() : null))
  return (
    <div
      className="pe-control"
      data-control={name}
      data-per-region={editor.config.controls.get(name)?.isPerRegion || undefined}
    >
      {children}
      {problem ? <Missing problem={problem} /> : null}
    </div>
  )
}

function Missing({ problem }: { problem: ShownProblem }) {
  const t = useText()
  const { controller } = useShell()
  const dialog = useObservable(controller.dialog)
  const message = useRef<HTMLParagraphElement>(null)
  const { editor } = useEditorScope()
  useEffect(() => editor.store.subscribe(() => editor.problem.set(null)), [editor])
  useEffect(() => {
    // The dialog holds the focus until it was read.
    if (dialog !== null) return
    const frame = message.current?.closest('[data-control]')
    frame?.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true })
    message.current?.scrollIntoView({ block: 'center' })
    openPanels(message.current)
  }, [dialog])
  return (
    <p ref={message} className="pe-missing" role="alert">
      {t(problem.text, { ...problem.values })}
    </p>
  )
}

/** What is missing may stand in a folded panel. */
function openPanels(element: Element | null): void {
  for (let at = element?.closest('details') ?? null; at; at = at.parentElement?.closest('details') ?? null)
    at.open = true
}
