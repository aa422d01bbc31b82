import { showHotkey } from '../core/hotkeys'
import { useEditor } from './EditorContext'

/** Shows the key of a label or choice, unless the person switched that off. */
export function Hotkey({ keys }: { keys: string | undefined }) {
  const isShown = useEditor((editor) => editor.settings.get().showHotkeys && editor.settings.get().enableHotkeys)
  return keys && isShown ? <kbd className="pe-key">{showHotkey(keys)}</kbd> : null
}
