/** What can have a key of one's own: commands of the editor with the keys they come with. */
export const hotkeyActions = [
  { id: 'annotation:submit', key: 'ctrl+enter' },
  { id: 'annotation:skip', key: 'ctrl+space' },
  { id: 'annotation:undo', key: 'ctrl+z' },
  { id: 'annotation:redo', key: 'ctrl+shift+z' },
] as const
