import { SafeHtml } from '../tags/SafeHtml'
import { useText } from '../tags/useText'
import type { Dialog } from './dialogKinds'
import { HotkeyHelp, Palette, SettingsDialog } from './later'
import { Modal } from './Modal'
import { useObservable, useShell } from './ShellContext'

/** All dialogs of the editor; at most one is open. */
export function Dialogs() {
  const t = useText()
  const { controller, overlay, props } = useShell()
  const dialog = useObservable(controller.dialog)
  const shown = useObservable(overlay)
  const close = () => overlay.set(null)
  if (dialog) return <Question dialog={dialog} />
  if (shown === 'help') return <HotkeyHelp onClose={close} />
  if (shown === 'palette') return <Palette onClose={close} />
  if (shown === 'settings') return <SettingsDialog onClose={close} />
  if (shown === 'instructions' && props.instruction) {
    return (
      <Modal title={t('bar.instructions')} onClose={close}>
        <SafeHtml html={props.instruction} className="pe-instructions" />
      </Modal>
    )
  }
  return null
}

interface Answer {
  readonly text: string
  readonly isMain?: boolean
  readonly run: () => void
}

function Question({ dialog }: { dialog: Dialog }) {
  const t = useText()
  const { controller } = useShell()
  const close = () => controller.dialog.set(null)
  const { title, text, answers } = wording()
  return (
    <Modal title={title} onClose={close}>
      <p>{text}</p>
      <div className="pe-modal__foot">
        {answers.map((answer) => (
          <button
            key={answer.text}
            type="button"
            className={`pe-button${answer.isMain ? ' pe-button_main' : ''}`}
            onClick={answer.run}
          >
            {answer.text}
          </button>
        ))}
      </div>
    </Modal>
  )

  function wording(): { title: string; text: string; answers: readonly Answer[] } {
    const cancel = { text: t('dialog.cancel'), run: close }
    if (dialog.kind === 'problem') {
      return {
        title: t('dialog.problem'),
        text: t(dialog.text, { ...dialog.values }),
        answers: [{ text: t('dialog.ok'), isMain: true, run: close }],
      }
    }
    if (dialog.kind === 'confirm') {
      const run = () => {
        close()
        dialog.run()
      }
      return {
        title: t('dialog.confirm'),
        text: t(dialog.text),
        answers: [cancel, { text: t(dialog.action), isMain: true, run }],
      }
    }
    if (dialog.kind === 'conflict') {
      const settle = (mine: boolean) => () => void controller.settleConflict(dialog.session, dialog.current, mine)
      return {
        title: t('dialog.conflict'),
        text: t('dialog.conflictText'),
        answers: [
          { text: t('dialog.lookAtBoth'), run: () => controller.compare(dialog) },
          { text: t('dialog.takeTheirs'), run: settle(false) },
          { text: t('dialog.keepMine'), isMain: true, run: settle(true) },
        ],
      }
    }
    const { session, server, count } = dialog
    return {
      title: t('dialog.recovered'),
      text: t('dialog.recoveredText', { count }),
      answers: [
        { text: t('dialog.keepServer'), run: () => void controller.keep(server, session) },
        { text: t('dialog.keepLocal'), isMain: true, run: () => void controller.keep(session, server) },
      ],
    }
  }
}
