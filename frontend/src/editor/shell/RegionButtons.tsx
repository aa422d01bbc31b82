import {
  IconCopyPlus,
  IconEye,
  IconIndentDecrease,
  IconIndentIncrease,
  IconLink,
  IconLock,
  IconShare2,
  IconTrash,
} from '@tabler/icons-react'
import type { RecordId, RegionRecord } from '../core/document'
import { nest, nestUnderLast } from '../core/nesting'
import { parentOf } from '../core/region'
import { deleteRegions, duplicateSelected, isEditable, toggleHidden, toggleLocked } from '../core/regionActions'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { useShell } from './ShellContext'

interface Action {
  readonly key: string
  readonly icon: typeof IconEye
  readonly isOff?: boolean
  readonly isOn?: boolean
  readonly run: () => void
}

/** What can be done with the selected regions. */
export function RegionButtons({ regions }: { regions: readonly RegionRecord[] }) {
  const t = useText()
  const actions = useActions(regions)
  return (
    <div className="pe-details__buttons">
      {actions.map(({ key, icon: Icon, isOff, isOn, run }) => (
        <button
          key={key}
          type="button"
          className={`pe-icon-button${isOn ? ' pe-icon-button_on' : ''}`}
          aria-label={t(key)}
          title={t(key)}
          disabled={isOff}
          aria-pressed={isOn || undefined}
          onClick={run}
        >
          <Icon size={17} stroke={1.7} aria-hidden="true" />
        </button>
      ))}
    </div>
  )
}

function useActions(regions: readonly RegionRecord[]): Action[] {
  const { editor } = useEditorScope()
  const { props } = useShell()
  const ids = regions.map((region) => region.id)
  const [first] = ids
  const isLinking = useEditor((e) => e.linkingFrom.get() !== null)
  const isFixed = useEditor((e) => regions.every((region) => !isEditable(e, region)))
  const annotation = useEditor((e) => e.session.info.get().id)
  const isOne = ids.length === 1
  const { isReadonly } = editor
  const copyLink = async (linkTo: NonNullable<typeof props.host.linkTo>, region: RecordId) => {
    await navigator.clipboard?.writeText(linkTo(annotation, region))
    editor.tell('details.copied')
  }
  const { linkTo } = props.host
  return [
    {
      key: 'details.relation',
      icon: IconLink,
      isOff: !isOne || isReadonly,
      isOn: isLinking,
      run: () => editor.linkingFrom.set(isLinking ? null : (first ?? null)),
    },
    { key: 'regions.lock', icon: IconLock, isOff: isReadonly, run: () => toggleLocked(editor, ids) },
    { key: 'regions.hide', icon: IconEye, run: () => toggleHidden(editor, ids) },
    { key: 'details.duplicate', icon: IconCopyPlus, isOff: isReadonly, run: () => duplicateSelected(editor) },
    ...(isOne
      ? []
      : [{ key: 'details.nest', icon: IconIndentIncrease, isOff: isFixed, run: () => nestUnderLast(editor) }]),
    ...(regions.some((region) => parentOf(region) !== null)
      ? [{ key: 'details.unnest', icon: IconIndentDecrease, isOff: isFixed, run: () => nest(editor, ids, null) }]
      : []),
    ...(isOne && linkTo && annotation !== null
      ? [{ key: 'details.copyLink', icon: IconShare2, run: () => void copyLink(linkTo, first as RecordId) }]
      : []),
    { key: 'details.delete', icon: IconTrash, isOff: isFixed, run: () => deleteRegions(editor, ids) },
  ]
}
