import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { toggleHidden } from '../core/regionActions'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import type { Row } from './outlinerRows'

interface GroupProps {
  readonly row: Extract<Row, { kind: 'group' }>
  readonly isFolded: boolean
  readonly onFold: () => void
}

/** The head of a group of regions. */
export function OutlinerGroup({ row, isFolded, onFold }: GroupProps) {
  const t = useText()
  const { editor } = useEditorScope()
  const isHidden = useEditor((e) => row.ids.every((id) => e.session.hidden.get().has(id)))
  const Eye = isHidden ? IconEyeOff : IconEye
  return (
    <div className="pe-row pe-row_group" style={{ '--pe-color': row.color } as React.CSSProperties}>
      <button
        type="button"
        className="pe-fold"
        aria-expanded={!isFolded}
        aria-label={row.title ?? t('regions.noLabel')}
        onClick={onFold}
      >
        {isFolded ? '▸' : '▾'}
      </button>
      <span className="pe-dot" />
      <span className="pe-row__label">{row.title ?? t('regions.noLabel')}</span>
      <span className="pe-quiet">{row.ids.length}</span>
      <button
        type="button"
        className="pe-icon-button"
        aria-label={t(isHidden ? 'regions.show' : 'regions.hide')}
        onClick={() => toggleHidden(editor, row.ids)}
      >
        <Eye size={15} stroke={1.7} aria-hidden="true" />
      </button>
    </div>
  )
}
