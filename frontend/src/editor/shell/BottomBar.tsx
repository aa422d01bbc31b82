import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconChevronRight,
  IconCommand,
  IconDoorExit,
  IconKeyboard,
  IconRestore,
  IconSettings,
} from '@tabler/icons-react'
import { hotkeyOf } from '../core/commands'
import { showHotkey } from '../core/hotkeys'
import { useEditor } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { useTip } from '../tags/useTip'
import { LatePrediction } from './LatePrediction'
import { ModelBar } from './ModelBar'
import { SaveIndicator } from './SaveIndicator'
import { useObservable, useShell } from './ShellContext'
import { SuggestionStrip } from './SuggestionStrip'

/** Task, undo and redo, state of saving, and the buttons that submit. */
export function BottomBar() {
  const t = useText()
  const { taskKey, props, has } = useShell()
  // A preview sends nothing anywhere.
  const isSent = has('submit')
  return (
    <footer className="pe-bar">
      <LatePrediction key={taskKey} />
      <SuggestionStrip />
      <div className="pe-bar__part">
        {isSent ? (
          <span className="pe-bar__task">
            {t('bar.task', { id: props.task.id })}
            {props.counter && has('topbar:task-counter') ? ` · ${t('bar.counter', props.counter)}` : ''}
          </span>
        ) : null}
        {has('topbar:prevnext') ? (
          <>
            <BarButton id="task:previous" icon={IconChevronLeft} />
            <BarButton id="task:next" icon={IconChevronRight} />
          </>
        ) : null}
        <BarButton id="annotation:undo" icon={IconArrowBackUp} />
        <BarButton id="annotation:redo" icon={IconArrowForwardUp} />
        <BarButton id="annotation:reset" icon={IconRestore} />
        <BarButton id="editor:settings" icon={IconSettings} />
        <BarButton id="editor:help" icon={IconKeyboard} />
        <BarButton id="editor:palette" icon={IconCommand} />
      </div>
      <ModelBar />
      {isSent ? <SaveIndicator /> : null}
      {isSent ? <SubmitButtons /> : null}
    </footer>
  )
}

function BarButton({ id, icon: Icon }: { id: string; icon: typeof IconSettings }) {
  const t = useText()
  const { commands, props, isMac } = useShell()
  const command = useObservable(commands).find((candidate) => candidate.id === id)
  const isEnabled = useEditor(() => command?.isEnabled() ?? false)
  const label = command ? t(command.title) : ''
  const keys = command ? hotkeyOf(command, props.keyMap, isMac) : ''
  const tip = useTip(label, keys && showHotkey(keys, isMac))
  if (!command) return null
  return (
    <button
      type="button"
      className="pe-icon-button"
      aria-label={label}
      title={tip}
      disabled={!isEnabled}
      onClick={() => command.run()}
    >
      <Icon size={18} stroke={1.7} aria-hidden="true" />
    </button>
  )
}

function SubmitButtons() {
  const t = useText()
  const { controller, has } = useShell()
  const busy = useObservable(controller.busy)
  // While an annotation is being deleted it stays what it is.
  const isReadonly = useEditor((editor) => editor.session.info.get().kind !== 'annotation')
  const isStored = useEditor((editor) => editor.session.info.get().id !== null)
  const isSkipped = useEditor((editor) => editor.session.info.get().isSkipped)
  const isChanged = useEditor((editor) => editor.session.isChanged)
  const isEmpty = useEditor((editor) => editor.store.order().length === 0)
  const session = useEditor((editor) => editor.session)
  if (isReadonly) {
    return (
      <div className="pe-bar__part">
        <span className="pe-quiet">{t('bar.readonly')}</span>
        <button type="button" className="pe-button pe-button_main" onClick={() => controller.duplicate(session)}>
          {t('bar.copy')}
        </button>
      </div>
    )
  }
  const isDenied = isEmpty && has('annotations:deny-empty')
  const reason = isDenied ? t('validation.empty') : isStored && !isChanged ? t('bar.nothingChanged') : undefined
  const isBlocked = busy !== null || isDenied || (isStored && !isChanged && !isSkipped)
  return (
    <div className="pe-bar__part">
      {isSkipped ? (
        <button type="button" className="pe-button" disabled={busy !== null} onClick={() => void controller.unskip()}>
          {t('bar.unskip')}
        </button>
      ) : has('skip') ? (
        <button type="button" className="pe-button" disabled={busy !== null} onClick={() => void controller.skip()}>
          {t('bar.skip')}
        </button>
      ) : null}
      <button
        type="button"
        className="pe-button pe-button_main"
        disabled={isBlocked}
        title={reason}
        aria-busy={busy === 'submit' || busy === 'update'}
        onClick={() => void controller.submit()}
      >
        {isStored ? t('bar.update') : t('bar.submit')}
      </button>
      {controller.props.host.exit ? <BarButton id="annotation:submit-exit" icon={IconDoorExit} /> : null}
    </div>
  )
}
