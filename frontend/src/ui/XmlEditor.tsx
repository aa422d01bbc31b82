import { type ElementSpec, xml } from '@codemirror/lang-xml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { basicSetup } from 'codemirror'
import { useEffect, useRef } from 'react'
import classes from './XmlEditor.module.css'

export interface Mark {
  line: number
  column: number
  severity: 'error' | 'warning'
  message: string
}

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  marks: readonly Mark[]
  /** Elements and attributes to offer while typing. */
  elements?: readonly ElementSpec[]
  readOnly?: boolean
}

const none: readonly ElementSpec[] = []

const colors = HighlightStyle.define([
  { tag: tags.tagName, color: 'var(--postil-accent)', fontWeight: '600' },
  { tag: tags.attributeName, color: 'var(--postil-amber)' },
  { tag: tags.attributeValue, color: 'var(--postil-rubric)' },
  { tag: tags.comment, color: 'var(--postil-ink-soft)', fontStyle: 'italic' },
  { tag: [tags.angleBracket, tags.definitionOperator], color: 'var(--postil-ink-soft)' },
])

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)' },
  '.cm-gutters': { backgroundColor: 'var(--postil-sunken)', color: 'var(--postil-ink-soft)', border: 'none' },
  '.cm-content': { caretColor: 'var(--postil-ink)' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--postil-ink)' },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--postil-accent) 8%, transparent)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--postil-paper)',
    color: 'var(--postil-ink)',
    borderColor: 'var(--postil-line)',
  },
})

const diagnosticsOf = (view: EditorView, marks: readonly Mark[]): Diagnostic[] =>
  marks.map((mark) => {
    const line = view.state.doc.line(Math.min(Math.max(1, mark.line), view.state.doc.lines))
    const from = Math.min(line.to, line.from + Math.max(0, mark.column - 1))
    return { from, to: Math.max(from, line.to), severity: mark.severity, message: mark.message }
  })

/** A text editor for XML with colors, completion and marks at the lines that need a look. */
export const XmlEditor = ({ label, value, onChange, marks, elements = none, readOnly = false }: Props) => {
  const holder = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const change = useRef(onChange)
  change.current = onChange
  const initial = useRef(value)

  useEffect(() => {
    if (!holder.current) return
    const created = new EditorView({
      parent: holder.current,
      doc: initial.current,
      extensions: [
        basicSetup,
        xml({ elements }),
        syntaxHighlighting(colors),
        lintGutter(),
        theme,
        EditorView.lineWrapping,
        EditorView.editable.of(!readOnly),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          const text = update.state.doc.toString()
          if (text !== initial.current) change.current(text)
        }),
      ],
    })
    view.current = created
    return () => {
      view.current = null
      created.destroy()
    }
  }, [label, elements, readOnly])

  useEffect(() => {
    initial.current = value
    const current = view.current
    if (!current || current.state.doc.toString() === value) return
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const current = view.current
    if (current) current.dispatch(setDiagnostics(current.state, diagnosticsOf(current, marks)))
  }, [marks])

  return <div ref={holder} className={classes.holder} />
}
