import { timeFormat } from 'd3-time-format'
import { canAnswer, currentAnswer, setAnswer } from '../../core/answers'
import type { Control } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import type { TagViewProps } from '../tag'
import { useShown } from '../useShown'
import { useText } from '../useText'
import { DayField } from './DayField'
import { boundsOf, formOf, readDate, withParts, writeDate } from './dates'

export { checkDate } from './dates'

/** Asks for a date, a time, a month or a year. */
export function DateTimeTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  return control ? <DateInputs control={control} /> : null
}

function DateInputs({ control }: { control: Control }) {
  const t = useText()
  const { editor } = useEditorScope()
  const form = formOf(control)
  const answer = useEditor((e) => currentAnswer(e, control))
  const isFree = useEditor((e) => canAnswer(e, control))
  const isVisible = useShown(control.node)
  const date = readDate(form, answer)
  const { min, max } = boundsOf(control)
  const give = (next: Date | null) => {
    const text = next && writeDate(form, next)
    if (text !== null) setAnswer(editor, control, text)
    else if (next === null) setAnswer(editor, control, undefined)
  }
  const label = (part: string) => t(`datetime.${part}`, { name: control.name })
  return (
    <div className="pe-datetime htx-datetime" style={{ display: isVisible ? undefined : 'none' }}>
      {form.hasDate ? (
        <DayField
          label={label('date')}
          name={control.name}
          date={date}
          min={min}
          max={max}
          isFree={isFree}
          onPick={(day) => give(day && withParts(date, { day }))}
        />
      ) : null}
      {form.hasMonth ? (
        <select
          className="pe-input"
          aria-label={label('month')}
          disabled={!isFree}
          value={date?.getMonth() ?? ''}
          onChange={(event) =>
            give(event.target.value === '' ? null : withParts(date, { month: Number(event.target.value) }))
          }
        >
          <option value="">{t('datetime.noMonth')}</option>
          {Array.from({ length: 12 }, (_, month) => (
            <option key={monthName(month)} value={month}>
              {monthName(month)}
            </option>
          ))}
        </select>
      ) : null}
      {form.hasYear ? (
        <select
          className="pe-input"
          aria-label={label('year')}
          disabled={!isFree}
          value={date?.getFullYear() ?? ''}
          onChange={(event) =>
            give(
              event.target.value === ''
                ? null
                : withParts(date, { year: Number(event.target.value), month: date?.getMonth() ?? 0 }),
            )
          }
        >
          <option value="">{t('datetime.noYear')}</option>
          {years(min, max, date).map((year) => (
            <option key={year} value={year}>
              {year}
            </option>
          ))}
        </select>
      ) : null}
      {form.hasTime ? (
        <input
          type="time"
          className="pe-input pe-datetime__time"
          name={`${control.name}-time`}
          aria-label={label('time')}
          disabled={!isFree || (form.hasDate && date === null)}
          value={date ? timeFormat('%H:%M')(date) : ''}
          onChange={(event) =>
            give(event.target.value === '' && !form.hasDate ? null : withParts(date, { time: event.target.value }))
          }
        />
      ) : null}
    </div>
  )
}

const monthName = (month: number): string =>
  new Intl.DateTimeFormat(undefined, { month: 'long' }).format(new Date(2000, month, 1))

/** Returns the years that are offered, the latest first, and the one that is stored. */
function years(min: Date, max: Date, date: Date | null): number[] {
  const [first, last] = [min.getFullYear() || 2000, max.getFullYear() || new Date().getFullYear()]
  const offered = Array.from({ length: Math.max(0, Math.min(last - first, 2000)) + 1 }, (_, at) => last - at)
  const stored = date?.getFullYear()
  return stored === undefined || offered.includes(stored) ? offered : [stored, ...offered]
}
