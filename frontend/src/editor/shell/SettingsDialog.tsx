import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { Modal } from './Modal'

const SWITCHES = [
  'enableHotkeys',
  'showHotkeys',
  'showTooltipHotkeys',
  'showRegionLabels',
  'keepLabelSelected',
  'selectAfterCreate',
  'showLineNumbers',
  'smoothImages',
  'invertZoom',
  'keepTool',
  'showPixels',
  'acceptSuggestions',
] as const

/** What a person sets for the editor in this browser. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const { editor } = useEditorScope()
  const settings = useEditor((e) => e.settings.get())
  return (
    <Modal title={t('settings.title')} onClose={onClose}>
      <div className="pe-settings">
        {SWITCHES.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={settings[name]}
              onChange={(event) => editor.settings.update((now) => ({ ...now, [name]: event.target.checked }))}
            />
            <span>{t(`settings.${name}`)}</span>
          </label>
        ))}
      </div>
    </Modal>
  )
}
