import { IconColumns3, IconPlus } from '@tabler/icons-react'
import type { Session } from '../core/session'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { SessionTitle, useSessionName } from './SessionTitle'
import { useShell } from './ShellContext'
import { TabMenu } from './TabMenu'

/** One tab for each annotation and prediction of the task. */
export function AnnotationTabs() {
  const t = useText()
  const { controller, has } = useShell()
  const sessions = useEditor(
    (e) => e.sessions.get().filter((session) => session.info.get().kind !== 'version'),
    sameList,
  )
  return (
    <nav className="pe-tabs" aria-label={t('tabs.label')}>
      {has('annotations:add-new') ? (
        <button
          type="button"
          className="pe-icon-button"
          aria-label={t('tabs.new')}
          title={t('tabs.new')}
          onClick={() => controller.create()}
        >
          <IconPlus size={18} stroke={1.8} aria-hidden="true" />
        </button>
      ) : null}
      {has('annotations:view-all') && sessions.length > 1 ? (
        <button
          type="button"
          className="pe-icon-button"
          aria-label={t('compare.title')}
          title={t('compare.title')}
          onClick={() => controller.compare()}
        >
          <IconColumns3 size={18} stroke={1.8} aria-hidden="true" />
        </button>
      ) : null}
      {sessions.map((session) => (
        <Tab key={session.key} session={session} />
      ))}
    </nav>
  )
}

function Tab({ session }: { session: Session }) {
  const t = useText()
  const { editor } = useEditorScope()
  const { controller } = useShell()
  const isOpen = useEditor((e) => e.session === session)
  const info = useEditor(() => session.info.get())
  const isPrediction = info.kind === 'prediction'
  const name = useSessionName(session)
  const time = info.updatedAt ?? info.createdAt
  const hint = [
    `${t(isPrediction ? 'tabs.prediction' : 'tabs.annotation')}${info.id === null ? '' : ` #${info.id}`}`,
    name,
    info.score === null ? '' : `${(info.score * 100).toFixed(2)} %`,
    time ? new Date(time).toLocaleString() : '',
  ]
  return (
    <div className={`pe-tab${isOpen ? ' pe-tab_on' : ''}${isPrediction ? ' pe-tab_prediction' : ''}`}>
      <button
        type="button"
        className="pe-tab__main"
        aria-current={isOpen}
        title={hint.filter(Boolean).join(' · ')}
        onClick={() => {
          controller.endCompare()
          editor.open(session)
        }}
      >
        <SessionTitle session={session} />
      </button>
      {isOpen ? <TabMenu session={session} name={name} /> : null}
    </div>
  )
}
