import type { TagNode } from '../core/taskConfig'
import { isShown } from '../core/visibility'
import { useEditor } from './EditorContext'

/** Tells whether a tag is shown now. */
export const useShown = (node: TagNode): boolean => useEditor((editor) => isShown(editor, node))
