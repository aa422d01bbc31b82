import {
  IconArrowsMove,
  IconAspectRatio,
  IconBrush,
  IconCircle,
  IconEraser,
  IconHandStop,
  IconMaximize,
  IconPoint,
  IconPointer,
  IconPolygon,
  IconRectangle,
  IconRotate,
  IconRotateClockwise,
  IconRotateRectangle,
  IconSparkles,
  IconVectorBezier2,
  IconWand,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import { memo } from 'react'
import type { Command } from '../../core/commands'
import { showHotkey } from '../../core/hotkeys'
import { flag } from '../../core/labelConfig'
import type { Observable } from '../../core/observable'
import type { TagNode } from '../../core/taskConfig'
import { type CanvasTool, MOVE_TOOL, PAN_TOOL, SMART, workingTool } from '../../engines/canvas/canvasTool'
import type { BrushSizes } from '../../engines/canvas/stage'
import { sameList, useEditor } from '../EditorContext'
import { useText } from '../useText'
import { useTip } from '../useTip'
import { BrushSize } from './BrushSize'

const ICONS: Readonly<Record<string, typeof IconPointer>> = {
  'tool:move': IconPointer,
  'tool:pan-image': IconHandStop,
  'tool:rect': IconRectangle,
  'tool:rect-3point': IconRotateRectangle,
  'tool:ellipse': IconCircle,
  'tool:polygon': IconPolygon,
  'tool:vector': IconVectorBezier2,
  'tool:key-point': IconPoint,
  'tool:brush': IconBrush,
  'tool:eraser': IconEraser,
  'tool:magic-wand': IconWand,
  'tool:zoom-in': IconZoomIn,
  'tool:zoom-out': IconZoomOut,
  'tool:zoom-to-fit': IconMaximize,
  'tool:zoom-to-actual': IconAspectRatio,
  'tool:rotate-left': IconRotate,
  'tool:rotate-right': IconRotateClockwise,
}

/** How bright the view is, in percent; results do not know of it. */
export interface Light {
  readonly brightness: number
  readonly contrast: number
}

interface ToolbarProps {
  readonly node: TagNode
  readonly commands: readonly Command[]
  readonly tools: readonly CanvasTool[]
  readonly sizes: Observable<BrushSizes>
  readonly light: Light
  readonly setLight: (light: Light) => void
}

/** The tools of one picture, in a row or a column beside it. */
export const ImageToolbar = memo(function ImageToolbar(props: ToolbarProps) {
  const { node, commands, tools, sizes, light, setLight } = props
  const t = useText()
  const name = node.attrs.name ?? ''
  const working = useEditor((e) => {
    const tool = e.tools.get().get(name)
    const found = workingTool(e, name, tools)
    if (tool === PAN_TOOL) return PAN_TOOL
    return found ? `${found.isSmart ? SMART : ''}${found.tool.id}` : MOVE_TOOL
  })
  // Smart tools come and go with the model.
  const shown = useEditor(
    () => commands.filter((command) => isButton(command) && (!isSmart(command) || command.isEnabled())),
    sameList,
  )
  const size = tools.find((tool) => working.endsWith(tool.id))?.size
  const sliders = (['brightness', 'contrast'] as const).filter((part) => flag(node, `${part}Control`))
  return (
    <div className="pe-toolbar" role="toolbar" aria-label={t('image.tools')} aria-orientation="vertical">
      {shown.map((command) => (
        <ToolButton key={command.id} command={command} isOn={working === command.id} />
      ))}
      {size ? <BrushSize sizes={sizes} part={size} /> : null}
      {sliders.map((part) => (
        <label key={part} className="pe-slider" title={`${t(`image.${part}`)}: ${light[part]} %`}>
          <span className="pe-hidden">{t(`image.${part}`)}</span>
          <span aria-hidden="true">{part === 'brightness' ? '☀' : '◐'}</span>
          <input
            type="range"
            min={0}
            max={400}
            value={light[part]}
            onChange={(event) => setLight({ ...light, [part]: Number(event.target.value) })}
            onDoubleClick={() => setLight({ ...light, [part]: 100 })}
          />
        </label>
      ))}
    </div>
  )
})

const isButton = (command: Command): boolean => !command.isHidden && command.group !== 'region'
const isSmart = (command: Command): boolean => command.id.startsWith(SMART)

function ToolButton({ command, isOn }: { command: Command; isOn: boolean }) {
  const t = useText()
  const isDisabled = useEditor(() => command.group === 'tool' && !command.isEnabled())
  const Icon = ICONS[command.id.replace(SMART, '')] ?? IconArrowsMove
  const label = t(command.title)
  const tip = useTip(label, command.hotkey ? showHotkey(command.hotkey) : '')
  return (
    <button
      type="button"
      className={`pe-tool${isOn ? ' pe-tool_on' : ''}${command.group === 'view' ? ' pe-tool_view' : ''}`}
      aria-pressed={command.group === 'tool' ? isOn : undefined}
      aria-label={label}
      disabled={isDisabled}
      title={tip}
      onClick={command.run}
    >
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      {isSmart(command) ? <IconSparkles className="pe-tool__smart" size={10} stroke={2.4} aria-hidden="true" /> : null}
    </button>
  )
}
