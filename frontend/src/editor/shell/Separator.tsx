import { useRef } from 'react'

interface SeparatorProps {
  readonly className: string
  readonly label: string
  readonly orientation: 'vertical' | 'horizontal'
  readonly value: number
  readonly bounds: { readonly least: number; readonly most: number }
  /** Whether the value grows to the right and down, or the other way. */
  readonly sign: 1 | -1
  /** How much of the value a pixel is. */
  readonly perPixel?: () => number
  readonly onChange: (value: number) => void
}

const STEP = 16

/** A border that can be dragged, or moved by arrow keys. */
export function Separator({ className, label, orientation, value, bounds, sign, perPixel, onChange }: SeparatorProps) {
  const drag = useRef<{ at: number; value: number } | null>(null)
  const isVertical = orientation === 'vertical'
  const along = (event: React.PointerEvent) => (isVertical ? event.clientX : event.clientY)
  const unit = () => perPixel?.() ?? 1
  const onPointerDown = (event: React.PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { at: along(event), value }
  }
  const onPointerMove = (event: React.PointerEvent) => {
    if (drag.current) onChange(drag.current.value + sign * (along(event) - drag.current.at) * unit())
  }
  const drop = () => {
    drag.current = null
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const [less, more] = isVertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const step = event.key === more ? STEP : event.key === less ? -STEP : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    onChange(value + sign * step * unit())
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between paragraphs cannot be moved
    <div
      className={`pe-separator pe-separator_${orientation} ${className}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={bounds.least}
      aria-valuemax={bounds.most}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerCancel={drop}
      onKeyDown={onKeyDown}
    />
  )
}
