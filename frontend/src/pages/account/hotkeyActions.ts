import type { HotkeyAction } from './hotkeyChoice'

/** What can have a key of one's own: commands of the editor with the keys they come with. */
export const hotkeyActions: readonly (HotkeyAction & { title: string })[] = [
  { id: 'annotation:submit', title: 'submit', key: 'ctrl+enter' },
  { id: 'annotation:skip', title: 'skip', key: 'ctrl+space' },
  { id: 'annotation:undo', title: 'undo', key: 'ctrl+z' },
  { id: 'annotation:redo', title: 'redo', key: 'ctrl+shift+z' },
  { id: 'region:delete', title: 'delete', key: 'backspace,delete' },
  { id: 'region:delete-all', title: 'deleteAll', key: 'ctrl+backspace' },
  { id: 'region:duplicate', title: 'duplicate', key: 'ctrl+d' },
  { id: 'region:cycle', title: 'cycle', key: 'alt+.' },
  { id: 'region:unselect', title: 'unselect', key: 'u' },
  { id: 'region:exit', title: 'exit', key: 'escape' },
  { id: 'region:relation', title: 'relation', key: 'alt+r' },
  { id: 'region:meta', title: 'meta', key: 'alt+m' },
  { id: 'region:lock', title: 'lock', key: 'alt+l' },
  { id: 'region:visibility', title: 'visibility', key: 'alt+h' },
  { id: 'region:visibility-all', title: 'visibilityAll', key: 'ctrl+h' },
  { id: 'editor:palette', title: 'palette', key: 'ctrl+k' },
  { id: 'editor:help', title: 'help', key: 'shift+/' },
]
