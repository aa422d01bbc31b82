import { useEditor } from './EditorContext'

/** Returns the tooltip of a button: its name, with its keys if the person wants to see them there. */
export const useTip = (name: string, keys: string): string =>
  useEditor((editor) => (keys !== '' && editor.settings.get().showTooltipHotkeys ? `${name} (${keys})` : name))
