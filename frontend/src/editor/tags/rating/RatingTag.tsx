import { useEffect } from 'react'
import { canAnswer, currentAnswer, setAnswer } from '../../core/answers'
import type { Editor } from '../../core/editor'
import { numberOf } from '../../core/json'
import type { Control } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import { Hotkey } from '../Hotkey'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'
import { useText } from '../useText'

const SIZES: Readonly<Record<string, number>> = { small: 15, medium: 25, large: 40 }

/** Sets the stars; the same number again clears them. */
export function rate(editor: Editor, control: Control, stars: number): void {
  const now = numberOf(currentAnswer(editor, control))
  setAnswer(editor, control, stars === now || stars === 0 ? undefined : stars)
}

/** Adds one star; after the last one there is none. */
export function rateOneMore(editor: Editor, control: Control, most: number): void {
  const next = (numberOf(currentAnswer(editor, control)) ?? 0) + 1
  setAnswer(editor, control, next > most ? undefined : next)
}

/** Asks for a number of stars. */
export function RatingTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  return control ? <Stars control={control} /> : null
}

function Stars({ control }: { control: Control }) {
  const t = useText()
  const { editor, addCommands, labelKeys } = useEditorScope()
  const { attrs, key } = control.node
  const most = Math.max(1, Math.round(Number(attrs.maxRating ?? 5)) || 5)
  const answer = useEditor((e) => numberOf(currentAnswer(e, control)))
  const isFree = useEditor((e) => canAnswer(e, control))
  const isVisible = useShown(control.node)
  const keys = labelKeys.get(key)
  useEffect(
    () =>
      addCommands([
        {
          id: `control:${control.name}`,
          title: control.name,
          isLiteral: true,
          group: 'label',
          hotkey: keys,
          isEnabled: () => canAnswer(editor, control),
          run: () => rateOneMore(editor, control, most),
        },
      ]),
    [addCommands, control, editor, keys, most],
  )
  const size = SIZES[attrs.size ?? 'medium'] ?? 25
  const filled = answer ?? Number(attrs.defaultValue ?? 0)
  const stars = Array.from({ length: most }, (_, index) => index + 1)
  return (
    <div
      className="pe-rating"
      style={{ display: isVisible ? undefined : 'none', '--pe-star': `${size}px` } as React.CSSProperties}
    >
      <div role="radiogroup" aria-label={control.name} className="pe-rating__stars">
        {stars.map((star) => (
          <label key={star} className={`pe-star ant-rate-star${star <= filled ? ' ant-rate-star-full' : ''}`}>
            <input
              type="radio"
              name={`${control.name}-stars`}
              value={star}
              checked={answer === star}
              disabled={!isFree}
              aria-label={t('rating.stars', { count: star })}
              onClick={() => answer === star && rate(editor, control, star)}
              onChange={() => rate(editor, control, star)}
            />
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 2.6l2.9 5.9 6.5.9-4.7 4.6 1.1 6.5L12 17.4l-5.8 3.1 1.1-6.5L2.6 9.4l6.5-.9z" />
            </svg>
          </label>
        ))}
      </div>
      <Hotkey keys={keys} />
    </div>
  )
}
