import { useEffect, useMemo, useRef, useState } from 'react'
import { type Differences, differencesFrom } from '../core/compare'
import { Editor } from '../core/editor'
import type { Session } from '../core/session'
import { EditorProvider, type EditorScope, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { lookTogether } from './lookTogether'
import { renderTag } from './MainView'
import { SessionTitle } from './SessionTitle'
import { useObservable, useShell } from './ShellContext'

/** Annotations and predictions side by side, to look at; what differs from one of them is marked. */
export function CompareGrid({ sessions, close }: { sessions: readonly Session[]; close: () => void }) {
  const t = useText()
  const { controller } = useShell()
  const compared = useObservable(controller.compared)
  const [reference, setReference] = useState(sessions[0] as Session)
  const grid = useRef<HTMLDivElement>(null)
  const scope = useEditorScope()
  const columns = useMemo(
    () => sessions.map((session) => ({ session, own: columnScope(scope, session) })),
    [scope, sessions],
  )
  useEffect(() => (grid.current ? scrollTogether(grid.current) : undefined), [])
  useEffect(() => lookTogether(columns.map(({ own }) => own.editor)), [columns])
  return (
    <section
      className="pe-compare"
      aria-label={t('compare.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
    >
      <header className="pe-compare__head">
        <h2>{t('compare.title')}</h2>
        <span className="pe-quiet pe-grow">{t('compare.hint')}</span>
        <button
          type="button"
          className="pe-button"
          // biome-ignore lint/a11y/noAutofocus: what was focused is no longer there
          autoFocus
          onClick={close}
        >
          {t(compared?.conflict ? 'compare.decide' : 'compare.close')}
        </button>
      </header>
      <div ref={grid} className="pe-compare__grid">
        {columns.map(({ session, own }) => (
          <Column
            key={session.key}
            session={session}
            own={own}
            reference={reference}
            mayOpen={!compared?.conflict}
            onRefer={() => setReference(session)}
            close={close}
          />
        ))}
      </div>
    </section>
  )
}

interface ColumnProps {
  readonly session: Session
  /** What the tags of this column work with. */
  readonly own: EditorScope
  readonly reference: Session
  readonly mayOpen: boolean
  readonly onRefer: () => void
  readonly close: () => void
}

function Column({ session, own, reference, mayOpen, onRefer, close }: ColumnProps) {
  const t = useText()
  const scope = useEditorScope()
  const differences = useMemo(
    () => (session === reference ? null : differencesFrom(scope.editor, session, reference)),
    [scope.editor, session, reference],
  )
  useEffect(() => own.editor.selection.select(differences?.regions ?? []), [own, differences])
  const content = useMemo(() => renderTag(own.editor.config.root), [own])
  const open = () => {
    close()
    scope.editor.open(session)
  }
  return (
    // Radio buttons of one name belong together within a form: each column has its own.
    <form className="pe-compare__column" onSubmit={(event) => event.preventDefault()}>
      <div className="pe-compare__title">
        <button type="button" className="pe-tab__main" disabled={!mayOpen} onClick={open}>
          <SessionTitle session={session} />
        </button>
        <button type="button" className="pe-link" aria-pressed={session === reference} onClick={onRefer}>
          {t(session === reference ? 'compare.reference' : 'compare.refer')}
        </button>
      </div>
      {differences ? <Summary differences={differences} /> : <p className="pe-compare__summary">{t('compare.this')}</p>}
      <div className="pe-compare__body lsf-main-view">
        <EditorProvider value={own}>{content}</EditorProvider>
      </div>
    </form>
  )
}

function Summary({ differences }: { differences: Differences }) {
  const t = useText()
  const { same, regions, missing, answers } = differences
  const parts = [
    t('compare.same', { count: same }),
    regions.length > 0 ? t('compare.other', { count: regions.length }) : '',
    missing > 0 ? t('compare.missing', { count: missing }) : '',
    answers.length > 0 ? t('compare.answers', { names: answers.join(', ') }) : '',
  ].filter(Boolean)
  const isSame = parts.length === 1
  return (
    <p className={`pe-compare__summary${isSame ? '' : ' pe-compare__summary_other'}`}>
      {isSame ? t('compare.none') : parts.join(' · ')}
    </p>
  )
}

/** An editor for looking at one annotation: same config and data, nothing of it is saved or takes keys. */
function columnScope(scope: EditorScope, session: Session): EditorScope {
  const { config, registry, now } = scope.editor
  const settings = scope.editor.settings.get()
  const editor = Editor.open({ config, registry, now, settings }, (opener) => {
    const first = opener.openResults(
      { ...session.info.get(), key: `compare:${session.key}`, kind: 'version' },
      session.results() as never,
    )
    return { first, sessions: [first] }
  })
  return { ...scope, editor, addCommands: () => () => {}, setScope: () => {} }
}

/** Columns scroll together, each as far as it goes. */
function scrollTogether(grid: HTMLElement): () => void {
  let leader: EventTarget | null = null
  let release: ReturnType<typeof setTimeout> | undefined
  const follow = ({ target }: Event) => {
    if (!(target instanceof HTMLElement) || !target.matches('.pe-compare__body')) return
    if (leader !== null && leader !== target) return
    leader = target
    clearTimeout(release)
    release = setTimeout(() => {
      leader = null
    }, 120)
    for (const body of grid.querySelectorAll('.pe-compare__body'))
      if (body !== target) body.scrollTop = target.scrollTop
  }
  grid.addEventListener('scroll', follow, { capture: true, passive: true })
  return () => {
    clearTimeout(release)
    grid.removeEventListener('scroll', follow, { capture: true })
  }
}
