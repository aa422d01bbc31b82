import {
  IconArrowsMove,
  IconAspectRatio,
  IconHandStop,
  IconMaximize,
  IconPointer,
  IconRectangle,
  IconRotate,
  IconRotateClockwise,
  IconRotateRectangle,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import type { Command } from '../../core/commands'
import { showHotkey } from '../../core/hotkeys'
import { flag } from '../../core/labelConfig'
import type { TagNode } from '../../core/taskConfig'
import { MOVE_TOOL, PAN_TOOL, workingTool } from '../../engines/canvas/canvasTool'
import { useEditor, useEditorScope } from '../EditorContext'
import { useText } from '../useText'

const ICONS: Readonly<Record<string, typeof IconPointer>> = {
  'tool:move': IconPointer,
  'tool:pan-image': IconHandStop,
  'tool:rect': IconRectangle,
  'tool:rect-3point': IconRotateRectangle,
  'tool:zoom-in': IconZoomIn,
  'tool:zoom-out': IconZoomOut,
  'tool:zoom-to-fit': IconMaximize,
  'tool:zoom-to-actual': IconAspectRatio,
  'tool:rotate-left': IconRotate,
  'tool:rotate-right': IconRotateClockwise,
}

interface Light {
  readonly brightness: number
  readonly contrast: number
}

interface ToolbarProps {
  readonly node: TagNode
  readonly commands: readonly Command[]
  readonly light: Light
  readonly setLight: (light: Light) => void
}

/** The tools of one picture, in a row or a column beside it. */
export function ImageToolbar({ node, commands, light, setLight }: ToolbarProps) {
  const t = useText()
  const { canvasTools } = useEditorScope()
  const name = node.attrs.name ?? ''
  const chosen = useEditor((e) => {
    const tool = e.tools.get().get(name)
    return tool === PAN_TOOL ? PAN_TOOL : (workingTool(e, name, canvasTools)?.tool.id ?? MOVE_TOOL)
  })
  const sliders = (['brightness', 'contrast'] as const).filter((part) => flag(node, `${part}Control`))
  return (
    <div className="pe-toolbar" role="toolbar" aria-label={t('image.tools')} aria-orientation="vertical">
      {commands
        .filter((command) => !command.isHidden && command.group !== 'region')
        .map((command) => {
          const Icon = ICONS[command.id] ?? IconArrowsMove
          const label = t(command.title)
          return (
            <button
              key={command.id}
              type="button"
              className={`pe-tool${chosen === command.id ? ' pe-tool_on' : ''}${command.group === 'view' ? ' pe-tool_view' : ''}`}
              aria-pressed={command.group === 'tool' ? chosen === command.id : undefined}
              aria-label={label}
              title={command.hotkey ? `${label} (${showHotkey(command.hotkey)})` : label}
              onClick={command.run}
            >
              <Icon size={18} stroke={1.7} aria-hidden="true" />
            </button>
          )
        })}
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
}
