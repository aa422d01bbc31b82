import { IconCheck, IconCloudOff, IconCloudUp, IconLoader2, IconPencil } from '@tabler/icons-react'
import { useText } from '../tags/useText'
import { useObservable, useShell } from './ShellContext'

const ICONS = {
  unchanged: IconCheck,
  saved: IconCheck,
  waiting: IconPencil,
  saving: IconLoader2,
  offline: IconCloudOff,
  refused: IconCloudUp,
}

/** Says how safe the work is; always visible. */
export function SaveIndicator() {
  const t = useText()
  const { controller } = useShell()
  const state = useObservable(controller.saveState)
  const Icon = ICONS[state.kind]
  const isTrouble = state.kind === 'offline' || state.kind === 'refused'
  return (
    <span
      className={`pe-save pe-save_${state.kind}`}
      role="status"
      title={state.kind === 'refused' ? state.message : undefined}
    >
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      <span>{textOf()}</span>
      {isTrouble ? (
        <button type="button" className="pe-link" onClick={() => void controller.retry()}>
          {t('save.retry')}
        </button>
      ) : null}
    </span>
  )

  function textOf(): string {
    if (state.kind === 'unchanged') return t('save.unchanged')
    if (state.kind === 'saved')
      return t('save.saved', { time: new Date(state.at).toLocaleTimeString(undefined, { hour12: false }) })
    if (state.kind === 'refused') return t('save.notSent', { count: state.count })
    return t(`save.${state.kind}`, { count: state.count })
  }
}
