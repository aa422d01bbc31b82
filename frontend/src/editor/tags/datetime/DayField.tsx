import { timeFormat, timeParse } from 'd3-time-format'
import { useEffect, useRef, useState } from 'react'
import { DayPicker } from 'react-day-picker'
import { useText } from '../useText'
import './dayPicker.css'

interface DayFieldProps {
  readonly label: string
  readonly name: string
  readonly date: Date | null
  readonly min: Date
  readonly max: Date
  readonly isFree: boolean
  readonly onPick: (day: Date | null) => void
}

const toText = timeFormat('%Y-%m-%d')
const toDate = timeParse('%Y-%m-%d')

/** A day, typed or picked in a calendar. */
export function DayField({ label, name, date, min, max, isFree, onPick }: DayFieldProps) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const close = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [isOpen])
  const finish = () => {
    if (typed === null) return
    const day = toDate(typed.trim())
    if (day) onPick(day)
    else if (typed.trim() === '') onPick(null)
    setTyped(null)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen) {
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) finish()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only Escape of what is inside is caught here
    <div ref={box} className="pe-day" onKeyDown={onKeyDown}>
      <input
        type="text"
        className="pe-input pe-day__input"
        name={name}
        aria-label={label}
        placeholder={t('datetime.form')}
        disabled={!isFree}
        value={typed ?? (date ? toText(date) : '')}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={finish}
      />
      <button
        type="button"
        className="pe-button"
        aria-label={t('datetime.open')}
        aria-expanded={isOpen}
        disabled={!isFree}
        onClick={() => setOpen(!isOpen)}
      >
        <CalendarIcon />
      </button>
      {isOpen ? (
        <div className="pe-day__calendar" role="dialog" aria-label={label}>
          <DayPicker
            mode="single"
            autoFocus
            captionLayout="dropdown"
            selected={date ?? undefined}
            defaultMonth={date ?? (max < new Date() ? max : undefined)}
            startMonth={min}
            endMonth={max}
            disabled={{ before: min, after: max }}
            onSelect={(day) => {
              onPick(day ?? null)
              setOpen(false)
            }}
          />
        </div>
      ) : null}
    </div>
  )
}

function CalendarIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 10h16M8 3v4M16 3v4" />
    </svg>
  )
}
