import { IconSparkles, IconStarFilled } from '@tabler/icons-react'
import type { Session } from '../core/session'
import { useEditor } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { useShell } from './ShellContext'

/** Whose annotation it is, with its id, score and marks. */
export function SessionTitle({ session }: { session: Session }) {
  const t = useText()
  const { props, has } = useShell()
  const info = useEditor(() => session.info.get())
  const isPrediction = info.kind === 'prediction'
  const hidesPeople = has('annotations:hide-info')
  const name = useSessionName(session)
  return (
    <>
      <span className="pe-avatar" aria-hidden="true">
        {isPrediction ? <IconSparkles size={14} stroke={1.8} /> : initials(name)}
      </span>
      <span className="pe-tab__name">
        {name}
        {info.author.id === props.user.id && !isPrediction ? (
          <span className="pe-quiet"> ({t('tabs.mine')})</span>
        ) : null}
      </span>
      {info.id === null || hidesPeople ? null : <span className="pe-quiet">#{info.id}</span>}
      {info.score === null ? null : <span className="pe-quiet">{Math.round(info.score * 100)} %</span>}
      {info.draftId !== null || (info.id === null && !isPrediction) ? (
        <span className="pe-badge">{t('tabs.unsaved')}</span>
      ) : null}
      {info.isSkipped ? <span className="pe-badge pe-badge_warn">{t('tabs.skipped')}</span> : null}
      {info.isGroundTruth ? (
        <IconStarFilled size={14} className="pe-star-mark" aria-label={t('tabs.groundTruth')} />
      ) : null}
    </>
  )
}

/** Returns the name shown for an annotation: its author's, unless people are not to be told. */
export function useSessionName(session: Session): string {
  const t = useText()
  const { props, has } = useShell()
  const info = useEditor(() => session.info.get())
  const kind = t(info.kind === 'prediction' ? 'tabs.prediction' : 'tabs.annotation')
  const isHidden = has('annotations:hide-info') && info.kind !== 'prediction' && info.author.id !== props.user.id
  return (isHidden ? '' : info.author.name) || kind
}

const initials = (name: string): string =>
  name
    .split(/[\s.@_-]+/)
    .slice(0, 2)
    .map((part) => part[0] ?? '')
    .join('')
    .toUpperCase()
