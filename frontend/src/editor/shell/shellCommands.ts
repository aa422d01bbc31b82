import type { Command } from '../core/commands'
import type { Editor } from '../core/editor'
import { nest, nestUnderLast } from '../core/nesting'
import type { Observable } from '../core/observable'
import { deleteRegions, duplicateSelected, toggleHidden, toggleLocked } from '../core/regionActions'
import type { Controller } from './controller'
import { outlinerRows } from './outlinerRows'
import type { Overlay } from './ShellContext'

interface Parts {
  readonly editor: Editor
  readonly controller: Controller
  readonly overlay: Observable<Overlay>
  readonly has: (part: string) => boolean
}

/** Returns the commands of the whole editor (names and keys: `editor.md` E12). */
export function shellCommands(parts: Parts): Command[] {
  return [...annotationCommands(parts), ...regionCommands(parts), ...nthRegions(parts.editor)]
}

const always = () => true

function annotationCommands({ editor, controller, overlay, has }: Parts): Command[] {
  const group = 'annotation' as const
  const canSave = () => !editor.isReadonly && controller.busy.get() === null
  return [
    {
      id: 'annotation:submit',
      title: 'commands.submit',
      group,
      hotkey: 'ctrl+enter',
      mac: 'command+enter',
      worksInInputs: true,
      isEnabled: canSave,
      run: () => void controller.submit(),
    },
    {
      id: 'annotation:submit-exit',
      title: 'commands.submitExit',
      group,
      hotkey: 'ctrl+shift+enter',
      mac: 'command+shift+enter',
      worksInInputs: true,
      isEnabled: () => canSave() && controller.props.host.exit !== undefined,
      run: () => void controller.submit(true),
    },
    {
      id: 'annotation:skip',
      title: 'commands.skip',
      group,
      hotkey: 'ctrl+space',
      mac: 'alt+enter',
      isEnabled: () => has('skip') && canSave(),
      run: () => void controller.skip(),
    },
    {
      id: 'annotation:undo',
      title: 'commands.undo',
      group,
      hotkey: 'ctrl+z',
      mac: 'command+z',
      isEnabled: () => !editor.isReadonly && editor.session.history.canUndo,
      run: () => void editor.session.history.undo(),
    },
    {
      id: 'annotation:redo',
      title: 'commands.redo',
      group,
      hotkey: 'ctrl+shift+z',
      mac: 'command+shift+z',
      isEnabled: () => !editor.isReadonly && editor.session.history.canRedo,
      run: () => void editor.session.history.redo(),
    },
    {
      id: 'annotation:reset',
      title: 'commands.reset',
      group,
      isEnabled: () => !editor.isReadonly && editor.session.history.canUndo,
      run: () => editor.session.history.reset('reset'),
    },
    {
      id: 'task:next',
      title: 'commands.next',
      group,
      isEnabled: () => has('topbar:prevnext'),
      run: () => void controller.leave('next'),
    },
    {
      id: 'task:previous',
      title: 'commands.previous',
      group,
      isEnabled: () => has('topbar:prevnext'),
      run: () => void controller.leave('previous'),
    },
    {
      id: 'annotation:compare',
      title: 'commands.compare',
      group: 'view',
      isEnabled: () => has('annotations:view-all') && editor.sessions.get().length > 1,
      run: () => controller.compare(),
    },
    {
      id: 'model:toggle',
      title: 'commands.autoAnnotation',
      group,
      isEnabled: () => editor.suggestions.isConnected,
      run: () => editor.settings.update((now) => ({ ...now, autoAnnotation: !now.autoAnnotation })),
    },
    {
      id: 'model:accept-all',
      title: 'commands.acceptAll',
      group,
      hotkey: 'alt+y',
      isEnabled: () => editor.suggestions.list.get().length > 0,
      run: () => editor.suggestions.acceptAll(),
    },
    {
      id: 'model:reject-all',
      title: 'commands.rejectAll',
      group,
      hotkey: 'alt+n',
      isEnabled: () => editor.suggestions.list.get().length > 0,
      run: () => editor.suggestions.clear(),
    },
    {
      id: 'editor:palette',
      title: 'commands.palette',
      group: 'view',
      hotkey: 'ctrl+k',
      mac: 'command+k',
      worksInInputs: true,
      isEnabled: always,
      run: () => overlay.set('palette'),
    },
    {
      id: 'editor:help',
      title: 'commands.help',
      group: 'view',
      hotkey: 'shift+/',
      isEnabled: always,
      run: () => overlay.set('help'),
    },
    {
      id: 'editor:settings',
      title: 'commands.settings',
      group: 'view',
      isEnabled: always,
      run: () => overlay.set('settings'),
    },
    {
      id: 'editor:panel',
      title: 'commands.panel',
      group: 'view',
      isEnabled: () => has('side-column'),
      run: () => editor.settings.update((now) => ({ ...now, isPanelShown: !now.isPanelShown })),
    },
    {
      id: 'editor:instructions',
      title: 'commands.instructions',
      group: 'view',
      isEnabled: () => has('instruction'),
      run: () => overlay.set('instructions'),
    },
  ]
}

function regionCommands({ editor, controller }: Parts): Command[] {
  const group = 'region' as const
  const some = () => editor.selection.get().size > 0
  const one = () => editor.selection.only() !== null
  const ids = () => [...editor.selection.get()]
  const regionIds = () => editor.store.regions().map((region) => region.id)
  return [
    {
      id: 'region:delete-all',
      title: 'commands.deleteAll',
      group,
      hotkey: 'ctrl+backspace',
      mac: 'command+backspace',
      isEnabled: () => !editor.isReadonly && regionIds().length > 0,
      run: () =>
        controller.dialog.set({
          kind: 'confirm',
          text: 'commands.deleteAllQuestion',
          action: 'details.delete',
          run: () => deleteRegions(editor, regionIds()),
        }),
    },
    { id: 'region:focus', title: 'commands.focus', group, hotkey: 'enter', isEnabled: one, run: focusRegionInput },
    {
      id: 'region:relation',
      title: 'commands.relation',
      group,
      hotkey: 'alt+r',
      isEnabled: () => one() && !editor.isReadonly,
      run: () => editor.linkingFrom.set(editor.selection.only()),
    },
    {
      id: 'region:visibility',
      title: 'commands.visibility',
      group,
      hotkey: 'alt+h',
      isEnabled: some,
      run: () => toggleHidden(editor, ids()),
    },
    {
      id: 'region:visibility-all',
      title: 'commands.visibilityAll',
      group,
      hotkey: 'ctrl+h',
      mac: 'command+h',
      isEnabled: always,
      run: () => toggleHidden(editor, regionIds()),
    },
    {
      id: 'region:lock',
      title: 'commands.lock',
      group,
      hotkey: 'alt+l',
      isEnabled: some,
      run: () => toggleLocked(editor, ids()),
    },
    {
      id: 'region:meta',
      title: 'commands.meta',
      group,
      hotkey: 'alt+m',
      isEnabled: one,
      run: () => document.querySelector<HTMLElement>('[data-pe-note]')?.focus(),
    },
    {
      id: 'region:unselect',
      title: 'commands.unselect',
      group,
      hotkey: 'u',
      isEnabled: some,
      run: () => editor.selection.clear(),
    },
    {
      id: 'region:exit',
      title: 'commands.exit',
      group,
      hotkey: 'escape',
      isEnabled: always,
      run: () => {
        if (editor.linkingFrom.get() !== null) editor.linkingFrom.set(null)
        else if (some()) editor.selection.clear()
        else editor.activeLabels.set(new Map())
      },
    },
    {
      id: 'region:delete',
      title: 'commands.delete',
      group,
      hotkey: 'backspace,delete',
      isEnabled: () => some() && !editor.isReadonly,
      run: () => deleteRegions(editor, ids()),
    },
    {
      id: 'region:cycle',
      title: 'commands.cycle',
      group,
      hotkey: 'alt+.',
      isEnabled: always,
      run: () => cycle(editor),
    },
    {
      id: 'region:duplicate',
      title: 'commands.duplicate',
      group,
      hotkey: 'ctrl+d',
      mac: 'command+d',
      isEnabled: () => some() && !editor.isReadonly,
      run: () => duplicateSelected(editor),
    },
    {
      id: 'region:nest',
      title: 'commands.nest',
      group,
      isEnabled: () => editor.selection.get().size > 1 && !editor.isReadonly,
      run: () => nestUnderLast(editor),
    },
    {
      id: 'region:unnest',
      title: 'commands.unnest',
      group,
      isEnabled: () => some() && !editor.isReadonly,
      run: () => nest(editor, ids(), null),
    },
  ]
}

function focusRegionInput(): void {
  const inputs = document.querySelectorAll<HTMLElement>(
    '.pe-root .lsf-main-view input, .pe-root .lsf-main-view textarea, .pe-root .pe-row-answers input',
  )
  const first = [...inputs].find(
    (input) => input.offsetParent !== null && (input.closest('[data-per-region]') || input.closest('.pe-row-answers')),
  )
  first?.focus()
}

/** Goes to the next region in the order of the list. */
function cycle(editor: Editor): void {
  const rows = outlinerRows(editor, editor.settings.get(), new Set())
  const ids = rows.flatMap((row) => (row.kind === 'region' ? [row.id] : []))
  const next = ids[(ids.indexOf(editor.selection.only() ?? '') + 1) % ids.length]
  if (next !== undefined) editor.selection.select([next])
}

const nthRegions = (editor: Editor): Command[] =>
  Array.from(
    { length: 9 },
    (_, index): Command => ({
      id: `region:nth-${index + 1}`,
      title: 'commands.nth',
      group: 'region',
      hotkey: `shift+alt+${index + 1}`,
      isHidden: true,
      isEnabled: () => editor.store.regions().length > index,
      run: () => {
        const region = editor.store.regions()[index]
        if (region) editor.selection.select([region.id])
      },
    }),
  )
