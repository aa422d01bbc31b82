import type { Command } from '../core/commands'
import type { Editor } from '../core/editor'
import { clickLabel } from '../core/labeling'
import { isShown } from '../core/visibility'

/** Returns the commands of labels and choices, by the keys given to them. */
export function labelCommands(editor: Editor, keys: ReadonlyMap<string, string>): Command[] {
  return [...editor.config.controls.values()].flatMap((control) =>
    control.words.flatMap((word): Command[] => {
      if (!control.isLabels && control.tag !== 'Choices') return []
      return [
        {
          id: `word:${control.name}:${word.path.join('/')}`,
          title: `${control.name}: ${word.shown}`,
          isLiteral: true,
          group: 'label',
          hotkey: keys.get(word.node.key),
          isEnabled: () => !editor.isReadonly && editor.settings.get().enableHotkeys && isShown(editor, control.node),
          run: () =>
            control.isLabels
              ? clickLabel(editor, control, word.word)
              : editor.definition(control.tag)?.pick?.(editor, control, word),
        },
      ]
    }),
  )
}
