import { useEffect, useRef, useState } from 'react'
import { answeredRegion, canAnswer, currentAnswer } from '../../core/answers'
import { stringsOf } from '../../core/json'
import { flag } from '../../core/labelConfig'
import type { Control } from '../../core/taskConfig'
import { sameList, useEditor, useEditorScope } from '../EditorContext'
import { useText } from '../useText'
import { Entry } from './Entry'
import { addEntry, changeEntry, entriesOf, keepForRegion, mostEntries } from './entries'
import { Shortcuts } from './Shortcuts'
import { TypingTime } from './typingTime'

/** The input of a text area with the entries given so far. */
export function TextEntries({ control }: { control: Control }) {
  const t = useText()
  const { editor } = useEditorScope()
  const { attrs } = control.node
  const entries = useEditor((e) => entriesOf(e, control), sameList)
  const isFree = useEditor((e) => canAnswer(e, control))
  const owner = useEditor((e) => (control.isPerRegion ? (answeredRegion(e, control)?.id ?? '') : e.session.key))
  const rows = Math.max(1, Math.round(Number(attrs.rows ?? 1)) || 1)
  const isMultiline = rows > 1
  const hasButton = attrs.showSubmitButton === undefined ? isMultiline : flag(control.node, 'showSubmitButton')
  const isFull = entries.length >= mostEntries(control)
  const { input, text, setText, submit, typing } = usePendingText(control, owner)
  const onKeyDown = (event: React.KeyboardEvent) => {
    typing.current.key(event.timeStamp)
    const isSubmit = event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.shiftKey === isMultiline
    if (!isSubmit || !flag(control.node, 'allowSubmit')) return
    event.preventDefault()
    submit()
  }
  const shared = {
    name: control.name,
    value: text,
    placeholder: attrs.placeholder,
    'aria-label': attrs.placeholder || control.name,
    'aria-required': attrs.required === 'true',
    disabled: !isFree,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setText(event.target.value),
    onKeyDown,
  }
  return (
    <div className="pe-entries">
      {isFull ? null : (
        <>
          {isMultiline ? (
            <textarea
              {...shared}
              ref={input as React.RefObject<HTMLTextAreaElement>}
              rows={rows}
              className="pe-input"
            />
          ) : (
            <input {...shared} ref={input as React.RefObject<HTMLInputElement>} type="text" className="pe-input" />
          )}
          <Shortcuts control={control} input={input} text={text} setText={setText} />
          {hasButton || isMultiline ? (
            <div className="pe-entries__foot">
              {isMultiline ? (
                <span className="pe-quiet">{t('textarea.count', { chars: text.length, count: entries.length })}</span>
              ) : null}
              {hasButton ? (
                <button type="button" className="pe-button" disabled={!isFree || text.trim() === ''} onClick={submit}>
                  {t('textarea.add')}
                </button>
              ) : null}
            </div>
          ) : null}
        </>
      )}
      {entries.length > 0 ? (
        <ol className="pe-entries__list">
          {entries.map((entry, index) => (
            <Entry
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
              key={index}
              text={entry}
              isMultiline={isMultiline}
              isEditable={isFree && flag(control.node, 'editable')}
              isFree={isFree}
              onChange={(next) => changeEntry(editor, control, index, next)}
            />
          ))}
        </ol>
      ) : null}
    </div>
  )
}

/** Holds text that is not an entry yet; it becomes one at submission and when another region is selected. */
function usePendingText(control: Control, owner: string) {
  const { editor } = useEditorScope()
  const initial = control.node.attrs.value ?? ''
  const [text, setText] = useState(initial)
  const input = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null)
  const typing = useRef(new TypingTime())
  const [shownOwner, setShownOwner] = useState(owner)
  // A preset is no work of the annotator until it is touched.
  const isTouched = useRef(false)
  if (shownOwner !== owner) {
    setShownOwner(owner)
    setText(initial)
  }
  const pending = useRef({ owner, text: initial })
  useEffect(() => {
    const left = pending.current
    pending.current = { owner, text }
    if (left.owner === owner || left.text.trim() === '' || !isTouched.current) return
    isTouched.current = false
    keepForRegion(editor, control, left.owner, left.text)
  }, [editor, control, owner, text])
  const submit = () => {
    const seconds = typing.current.take()
    const before = leadTimeOf(editor, control)
    const meta = seconds > 0 ? { lead_time: Math.round((before + seconds) * 1000) / 1000 } : undefined
    if (addEntry(editor, control, text, meta)) {
      setText('')
      isTouched.current = false
    }
  }
  useEffect(() => {
    const finish = () => {
      if (text.trim() === '' || (!isTouched.current && hasAnswer(editor, control))) return
      submit()
    }
    editor.finishers.add(finish)
    return () => {
      editor.finishers.delete(finish)
    }
  })
  const change = (next: string) => {
    isTouched.current = true
    setText(next)
  }
  return { input, text, setText: change, submit, typing }
}

type EditorOf = ReturnType<typeof useEditorScope>['editor']

const hasAnswer = (editor: EditorOf, control: Control): boolean => stringsOf(currentAnswer(editor, control)).length > 0

function leadTimeOf(editor: EditorOf, control: Control): number {
  const region = control.isPerRegion ? answeredRegion(editor, control) : null
  const item = region
    ? region.items.find((candidate) => candidate.from_name === control.name)
    : editor.store.get(`answer:${control.name}`)?.items[0]
  const seconds = item?.meta?.lead_time
  return typeof seconds === 'number' ? seconds : 0
}
