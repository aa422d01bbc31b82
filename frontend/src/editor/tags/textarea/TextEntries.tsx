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
  const { input, text, isSuggested, setText, touch, submit, typing } = usePendingText(control, owner)
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
    className: `pe-input${isSuggested ? ' pe-input_suggested' : ''}`,
    onFocus: touch,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setText(event.target.value),
    onKeyDown,
  }
  return (
    <div className="pe-entries">
      {isFull ? null : (
        <>
          {isMultiline ? (
            <textarea {...shared} ref={input as React.RefObject<HTMLTextAreaElement>} rows={rows} />
          ) : (
            <input {...shared} ref={input as React.RefObject<HTMLInputElement>} type="text" />
          )}
          {isSuggested && isFree ? <p className="pe-quiet pe-entries__hint">{t('textarea.suggested')}</p> : null}
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

/** Text that is not an entry yet. A preset is no work of the annotator until somebody has been in it. */
interface Pending {
  readonly owner: string
  readonly text: string
  readonly isTouched: boolean
}

/** Holds text that is not an entry yet; it becomes one at submission and when another region is selected. */
function usePendingText(control: Control, owner: string) {
  const { editor } = useEditorScope()
  const begin = (): Pending => ({
    owner,
    text: hasAnswer(editor, control) ? '' : (control.node.attrs.value ?? ''),
    isTouched: false,
  })
  const [pending, setPending] = useState(begin)
  const input = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null)
  const typing = useRef(new TypingTime())
  if (pending.owner !== owner) setPending(begin())
  const last = useRef(pending)
  useEffect(() => {
    const left = last.current
    last.current = pending
    if (left.owner === pending.owner || left.text.trim() === '' || !left.isTouched) return
    keepForRegion(editor, control, left.owner, left.text)
  }, [editor, control, pending])
  const { text, isTouched } = pending
  const submit = () => {
    const seconds = typing.current.take()
    const before = leadTimeOf(editor, control)
    const meta = seconds > 0 ? { lead_time: Math.round((before + seconds) * 1000) / 1000 } : undefined
    if (addEntry(editor, control, text, meta)) setPending({ owner, text: '', isTouched: false })
  }
  useEffect(() => {
    const finish = () => {
      if (text.trim() !== '' && isTouched) submit()
    }
    editor.finishers.add(finish)
    return () => {
      editor.finishers.delete(finish)
    }
  })
  const setText = (next: string) => setPending({ owner, text: next, isTouched: true })
  const touch = () => setPending((now) => (now.isTouched ? now : { ...now, isTouched: true }))
  return { input, text, isSuggested: text !== '' && !isTouched, setText, touch, submit, typing }
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
