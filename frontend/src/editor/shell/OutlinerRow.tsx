import { IconAlertTriangle, IconEye, IconEyeOff, IconLock, IconLockOpen2, IconSparkles } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { OPAQUE, type RegionRecord } from '../core/document'
import { labelNames, regionColor } from '../core/labeling'
import { nest } from '../core/nesting'
import { excerptOf, isReadonly, isUnfinished, originOf, scoreOf } from '../core/region'
import { clickRegion, isEditable, toggleHidden, toggleLocked } from '../core/regionActions'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import type { Row } from './outlinerRows'
import { RegionIcon } from './RegionIcon'
import { RowAnswers } from './RowAnswers'
import { draggedRegions, dragRegions, dragsRegions } from './regionDrag'

interface RowProps {
  readonly row: Extract<Row, { kind: 'region' }>
  readonly isFolded: boolean
  readonly onFold: () => void
}

/** One region in the outliner. */
export function OutlinerRow({ row, isFolded, onFold }: RowProps) {
  const { editor } = useEditorScope()
  const region = useEditor((e) => e.store.region(row.id))
  const isSelected = useEditor((e) => e.selection.has(row.id))
  const isHovered = useEditor((e) => e.hovered.get() === row.id)
  const isHidden = useEditor((e) => e.session.hidden.get().has(row.id))
  const isFirst = useEditor((e) => e.selection.get().size === 0) && row.number === 1
  const canMove = useEditor((e) => region !== undefined && isEditable(e, region))
  const [isOver, setOver] = useState(false)
  const nameId = useId()
  const t = useText()
  if (!region) return null
  const label = labelNames(editor, region).join(', ') || t('regions.noLabel')
  const click = (event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) =>
    clickRegion(editor, row.id, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only')
  return (
    <>
      <div
        role="treeitem"
        aria-selected={isSelected}
        aria-level={row.depth + 1}
        aria-expanded={row.hasChildren ? !isFolded : undefined}
        aria-labelledby={nameId}
        tabIndex={isSelected || isFirst ? 0 : -1}
        draggable={canMove}
        className={`pe-row${isSelected ? ' pe-row_selected' : ''}${isHovered ? ' pe-row_hovered' : ''}${isHidden ? ' pe-row_hidden' : ''}${isOver ? ' pe-row_target' : ''}`}
        style={{ '--pe-color': regionColor(editor, region), '--pe-depth': row.depth } as React.CSSProperties}
        onClick={click}
        onKeyDown={(event) => {
          // Ctrl+Enter submits, wherever the focus is.
          const isPress = event.key === ' ' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey)
          if (event.target !== event.currentTarget || !isPress) return
          event.preventDefault()
          event.stopPropagation()
          click(event)
        }}
        onPointerEnter={() => editor.hovered.set(row.id)}
        onPointerLeave={() => editor.hovered.set(null)}
        onDragStart={(event) => dragRegions(editor, row.id, event)}
        onDragOver={(event) => {
          if (!dragsRegions(event)) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false)
          nest(editor, draggedRegions(event), row.id)
          event.stopPropagation()
        }}
      >
        {row.hasChildren ? (
          <button
            type="button"
            className="pe-fold"
            tabIndex={-1}
            aria-label={label}
            onClick={(event) => {
              event.stopPropagation()
              onFold()
            }}
          >
            {isFolded ? '▸' : '▾'}
          </button>
        ) : row.depth > 0 ? (
          <span className="pe-fold-space" />
        ) : null}
        <RowText region={region} number={row.number} label={label} id={nameId} />
        <RowButtons region={region} isHidden={isHidden} />
      </div>
      <RowAnswers region={region} />
    </>
  )
}

interface TextProps {
  readonly region: RegionRecord
  readonly number: number
  readonly label: string
  readonly id: string
}

function RowText({ region, number, label, id }: TextProps) {
  const t = useText()
  const score = scoreOf(region)
  return (
    <>
      <span className="pe-row__icon" title={region.family === OPAQUE ? t('regions.notShown') : undefined}>
        <RegionIcon type={region.items[0]?.type ?? ''} />
      </span>
      <span id={id} className="pe-row__name">
        <span className="pe-row__number">{number}</span> <span className="pe-row__label">{label}</span>{' '}
        <span className="pe-row__text">{excerptOf(region).slice(0, 80)}</span>
        {score === null ? null : <span className="pe-row__score"> {score.toFixed(2)}</span>}
      </span>
      {isUnfinished(region) ? (
        <span className="pe-row__mark pe-row__mark_warn" title={t('regions.unfinished')}>
          <IconAlertTriangle size={14} stroke={1.7} aria-label={t('regions.unfinished')} />
        </span>
      ) : null}
      {originOf(region) === 'prediction' ? (
        <span className="pe-row__mark" title={t('regions.fromPrediction')}>
          <IconSparkles size={14} stroke={1.7} aria-label={t('regions.fromPrediction')} />
        </span>
      ) : null}
    </>
  )
}

function RowButtons({ region, isHidden }: { region: RegionRecord; isHidden: boolean }) {
  const t = useText()
  const { editor } = useEditorScope()
  const isLocked = useEditor((e) => e.session.locked.get().has(region.id))
  const isFixed = isReadonly(region) || region.family === OPAQUE
  const Lock = isLocked || isFixed ? IconLock : IconLockOpen2
  const Eye = isHidden ? IconEyeOff : IconEye
  const stop = (act: () => void) => (event: React.MouseEvent) => {
    event.stopPropagation()
    act()
  }
  return (
    <span className="pe-row__buttons">
      <button
        type="button"
        tabIndex={-1}
        className={`pe-icon-button${isLocked || isFixed ? ' pe-icon-button_on' : ''}`}
        disabled={isFixed}
        aria-label={t(isLocked ? 'regions.unlock' : 'regions.lock')}
        onClick={stop(() => toggleLocked(editor, [region.id]))}
      >
        <Lock size={15} stroke={1.7} aria-hidden="true" />
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={`pe-icon-button${isHidden ? ' pe-icon-button_on' : ''}`}
        aria-label={t(isHidden ? 'regions.show' : 'regions.hide')}
        onClick={stop(() => toggleHidden(editor, [region.id]))}
      >
        <Eye size={15} stroke={1.7} aria-hidden="true" />
      </button>
    </span>
  )
}
