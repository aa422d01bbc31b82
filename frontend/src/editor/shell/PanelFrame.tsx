import {
  IconLayoutSidebarLeftExpand,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
  IconPictureInPicture,
} from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import type { EditorSettings } from '../core/settings'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { panelPlace, panelWidth, WIDTHS } from './panelPlace'
import { Separator } from './Separator'

type Dock = EditorSettings['panelDock']

/** The panel beside the labeling area: at either side or over it, as wide as one likes, or put away. */
export function PanelFrame({ children }: { children: ReactNode }) {
  const t = useText()
  const { editor } = useEditorScope()
  const settings = useEditor((e) => e.settings.get())
  const panel = useRef<HTMLElement>(null)
  const change = (part: Partial<EditorSettings>) => editor.settings.update((now) => ({ ...now, ...part }))
  const { panelDock: dock, isPanelShown } = settings
  if (!isPanelShown) {
    return (
      <div className={`pe-rail pe-rail_${dock}`}>
        <PanelButton
          label={t('panel.show')}
          icon={IconLayoutSidebarRightExpand}
          run={() => change({ isPanelShown: true })}
        />
      </div>
    )
  }
  const around = () => {
    const box = panel.current?.parentElement?.getBoundingClientRect()
    return { width: box?.width ?? 1200, height: box?.height ?? 800 }
  }
  const resize = (width: number) => change({ panelWidth: panelWidth(width, around()) })
  // Only a floating panel has a place of its own: to measure takes a layout.
  const place = dock === 'float' ? panelPlace(settings, around()) : null
  const others = (['left', 'right', 'float'] as const).filter((side) => side !== dock)
  return (
    <aside
      ref={panel}
      className={`pe-panel pe-panel_${dock}`}
      aria-label={t('editor.panel')}
      style={
        {
          '--pe-panel-width': `${settings.panelWidth}px`,
          ...(place && { '--pe-panel-x': `${place.left}px`, '--pe-panel-y': `${place.top}px` }),
        } as React.CSSProperties
      }
    >
      <Separator
        className="pe-panel__edge"
        label={t('panel.width')}
        orientation="vertical"
        value={settings.panelWidth}
        bounds={WIDTHS}
        // The edge is at the side of the labeling area: what makes the panel wider there makes it narrower here.
        sign={dock === 'left' ? 1 : -1}
        onChange={resize}
      />
      <PanelHead
        isFloating={place !== null}
        onMove={(x, y) => place && change({ panelX: place.left + x, panelY: place.top + y })}
      >
        {others.map((side) => (
          <PanelButton
            key={side}
            label={t(`panel.${side}`)}
            icon={ICONS[side]}
            run={() => change({ panelDock: side, ...(side === 'float' ? floatingFrom(panel.current) : {}) })}
          />
        ))}
        <PanelButton
          label={t('panel.hide')}
          icon={IconLayoutSidebarRightCollapse}
          run={() => change({ isPanelShown: false })}
        />
      </PanelHead>
      {children}
    </aside>
  )
}

const ICONS: Readonly<Record<Dock, typeof IconPictureInPicture>> = {
  left: IconLayoutSidebarLeftExpand,
  right: IconLayoutSidebarRightExpand,
  float: IconPictureInPicture,
}

/** A panel that begins to float stays about where it was. */
function floatingFrom(panel: HTMLElement | null): Partial<EditorSettings> {
  const around = panel?.parentElement?.getBoundingClientRect()
  const box = panel?.getBoundingClientRect()
  return box && around ? { panelX: Math.max(box.left - around.left - 16, 16), panelY: 16 } : {}
}

interface HeadProps {
  readonly isFloating: boolean
  readonly onMove: (x: number, y: number) => void
  readonly children: ReactNode
}

function PanelHead({ isFloating, onMove, children }: HeadProps) {
  const t = useText()
  const from = useRef<{ x: number; y: number } | null>(null)
  const act = useRef(onMove)
  act.current = onMove
  const onPointerDown = (event: React.PointerEvent<HTMLElement>) => {
    if (!isFloating || (event.target as Element).closest('button')) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, y: event.clientY }
  }
  const onPointerMove = (event: React.PointerEvent) => {
    if (!from.current) return
    act.current(event.clientX - from.current.x, event.clientY - from.current.y)
    from.current = { x: event.clientX, y: event.clientY }
  }
  const drop = () => {
    from.current = null
  }
  return (
    <div
      className={`pe-panel__head${isFloating ? ' pe-panel__head_free' : ''}`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      <span className="pe-panel__title">{t('editor.panel')}</span>
      {children}
    </div>
  )
}

interface ButtonProps {
  readonly label: string
  readonly icon: typeof IconPictureInPicture
  readonly run: () => void
}

const PanelButton = ({ label, icon: Icon, run }: ButtonProps) => (
  <button type="button" className="pe-icon-button" aria-label={label} title={label} onClick={run}>
    <Icon size={16} stroke={1.6} aria-hidden="true" />
  </button>
)
