import { useEffect } from 'react'
import { canAnswer, currentAnswer, setAnswer } from '../../core/answers'
import { numberOf } from '../../core/json'
import { flag } from '../../core/labelConfig'
import type { Control } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import { Hotkey } from '../Hotkey'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'
import { useText } from '../useText'
import { boundsOf, oneStepMore } from './numbers'

/** Asks for a number: by an input, or by a slider. */
export function NumberTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  return control ? <NumberInput control={control} /> : null
}

function NumberInput({ control }: { control: Control }) {
  const t = useText()
  const { editor, addCommands, labelKeys } = useEditorScope()
  const answer = useEditor((e) => numberOf(currentAnswer(e, control)))
  const isFree = useEditor((e) => canAnswer(e, control))
  const isVisible = useShown(control.node)
  const { min, max, step } = boundsOf(control)
  const keys = labelKeys.get(control.node.key)
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
          run: () =>
            setAnswer(editor, control, oneStepMore(boundsOf(control), numberOf(currentAnswer(editor, control)))),
        },
      ]),
    [addCommands, control, editor, keys],
  )
  const enter = (text: string) => setAnswer(editor, control, numberOf(text) ?? undefined)
  const shared = {
    name: control.name,
    'aria-label': control.name,
    'aria-required': flag(control.node, 'required'),
    min: min ?? undefined,
    max: max ?? undefined,
    disabled: !isFree,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => enter(event.target.value),
  }
  const preset = numberOf(control.node.attrs.defaultValue)
  return (
    <div className="pe-quantity" style={{ display: isVisible ? undefined : 'none' }}>
      {flag(control.node, 'slider') ? (
        <>
          <input {...shared} type="range" step={step} value={answer ?? preset ?? min ?? 0} />
          <output className={answer === null ? 'pe-quiet' : undefined}>{answer ?? preset ?? t('number.notSet')}</output>
        </>
      ) : (
        <NumberField
          {...shared}
          step={control.node.attrs.step === undefined ? 'any' : step}
          answer={answer}
          placeholder={preset}
        />
      )}
      {answer !== null && flag(control.node, 'slider') ? (
        <button type="button" className="pe-button" disabled={!isFree} onClick={() => enter('')}>
          {t('controls.clear')}
        </button>
      ) : null}
      <Hotkey keys={keys} />
    </div>
  )
}

type FieldProps = Omit<React.ComponentProps<'input'>, 'placeholder'> & {
  readonly answer: number | null
  readonly placeholder: number | null
}

/** Keeps what is being typed, as `1.`, while it means the answer. */
function NumberField({ answer, placeholder, ...props }: FieldProps) {
  return (
    <input
      {...props}
      type="number"
      className="pe-input pe-number__input"
      placeholder={placeholder === null ? undefined : String(placeholder)}
      ref={(input) => {
        if (input && numberOf(input.value) !== answer) input.value = answer === null ? '' : String(answer)
      }}
    />
  )
}
