import { IconSparkles } from '@tabler/icons-react'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { useShell } from './ShellContext'

/** Switches for the connected model, and what it proposes. */
export function ModelBar() {
  const t = useText()
  const { editor } = useEditorScope()
  const { props } = useShell()
  const { suggestions } = editor
  const isOn = useEditor((e) => e.suggestions.isOn.get())
  const accepts = useEditor((e) => e.suggestions.autoAccept.get())
  const state = useEditor((e) => e.suggestions.state.get())
  const count = useEditor((e) => e.suggestions.list.get().length)
  if (!props.host.predictInteractively) return null
  const change = (part: { autoAnnotation: boolean } | { acceptSuggestions: boolean }) =>
    editor.settings.update((now) => ({ ...now, ...part }))
  return (
    <div className="pe-bar__part pe-model">
      {props.alwaysAsksModel ? null : (
        <>
          <Switch
            label={t('model.auto')}
            hint={t('model.autoHint')}
            isOn={isOn}
            onChange={(autoAnnotation) => change({ autoAnnotation })}
          />
          {isOn ? (
            <Switch
              label={t('model.autoAccept')}
              isOn={accepts}
              onChange={(acceptSuggestions) => change({ acceptSuggestions })}
            />
          ) : null}
        </>
      )}
      <span role="status" className="pe-model__state">
        {state.kind === 'asking' ? t('model.asking') : ''}
        {state.kind === 'failed' ? (
          <span className="pe-model__failed">
            {t('model.failed', { message: state.message })}{' '}
            <button type="button" className="pe-link" onClick={() => void suggestions.ask()}>
              {t('model.retry')}
            </button>
          </span>
        ) : null}
        {count > 0 ? (
          <>
            <IconSparkles size={14} stroke={1.7} aria-hidden="true" /> {t('model.suggestions', { count })}{' '}
          </>
        ) : null}
      </span>
      {count > 0 ? (
        <>
          <button type="button" className="pe-button" onClick={() => suggestions.clear()}>
            {t('model.reject')}
          </button>
          <button type="button" className="pe-button" onClick={() => suggestions.acceptAll()}>
            {t('model.accept')}
          </button>
        </>
      ) : null}
    </div>
  )
}

interface SwitchProps {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

const Switch = ({ label, hint, isOn, onChange }: SwitchProps) => (
  <label className="pe-switch" title={hint}>
    <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
    <span>{label}</span>
  </label>
)
