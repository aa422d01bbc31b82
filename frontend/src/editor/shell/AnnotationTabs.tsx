import { IconPlus, IconSparkles, IconStarFilled } from '@tabler/icons-react'
import type { Session } from '../core/session'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
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
      {sessions.map((session) => (
        <Tab key={session.key} session={session} />
      ))}
    </nav>
  )
}

function Tab({ session }: { session: Session }) {
  const t = useText()
  const { editor } = useEditorScope()
  const { props } = useShell()
  const isOpen = useEditor((e) => e.session === session)
  const info = useEditor(() => session.info.get())
  const isPrediction = info.kind === 'prediction'
  const name = info.author.name || t(isPrediction ? 'tabs.prediction' : 'tabs.annotation')
  const isMine = info.author.id === props.user.id
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
        onClick={() => editor.open(session)}
      >
        <span className="pe-avatar" aria-hidden="true">
          {isPrediction ? <IconSparkles size={14} stroke={1.8} /> : initials(name)}
        </span>
        <span className="pe-tab__name">
          {name}
          {isMine && !isPrediction ? <span className="pe-quiet"> ({t('tabs.mine')})</span> : null}
        </span>
        {info.id === null ? null : <span className="pe-quiet">#{info.id}</span>}
        {info.score === null ? null : <span className="pe-quiet">{Math.round(info.score * 100)} %</span>}
        {info.draftId !== null || (info.id === null && !isPrediction) ? (
          <span className="pe-badge">{t('tabs.unsaved')}</span>
        ) : null}
        {info.isSkipped ? <span className="pe-badge pe-badge_warn">{t('tabs.skipped')}</span> : null}
        {info.isGroundTruth ? (
          <IconStarFilled size={14} className="pe-star-mark" aria-label={t('tabs.groundTruth')} />
        ) : null}
      </button>
      {isOpen ? <TabMenu session={session} name={name} /> : null}
    </div>
  )
}

const initials = (name: string): string =>
  name
    .split(/[\s.@_-]+/)
    .slice(0, 2)
    .map((part) => part[0] ?? '')
    .join('')
    .toUpperCase()
