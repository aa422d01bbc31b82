import { useMemo, useState } from 'react'
import { useText } from '../useText'
import type { Phrase } from './phrases'

interface SpeakerFilterProps {
  readonly phrases: readonly Phrase[]
  readonly hidden: ReadonlySet<string>
  readonly setHidden: (hidden: ReadonlySet<string>) => void
}

const SEARCHED_FROM = 9

/** Shows only what some of the speakers say. */
export function SpeakerFilter({ phrases, hidden, setHidden }: SpeakerFilterProps) {
  const t = useText()
  const [query, setQuery] = useState('')
  const speakers = useMemo(() => [...new Set(phrases.map((phrase) => phrase.speaker))], [phrases])
  if (speakers.length < 2) return null
  const toggle = (speaker: string) => {
    const next = new Set(hidden)
    if (!next.delete(speaker)) next.add(speaker)
    setHidden(next)
  }
  const found = speakers.filter((speaker) => speaker.toLowerCase().includes(query.toLowerCase()))
  return (
    <details className="pe-speakers">
      <summary className="pe-button">
        {t('paragraphs.speakers', { count: speakers.length - hidden.size, all: speakers.length })}
      </summary>
      <div className="pe-speakers__list">
        {speakers.length >= SEARCHED_FROM ? (
          <input
            type="search"
            className="pe-input pe-input_small"
            aria-label={t('paragraphs.findSpeaker')}
            placeholder={t('paragraphs.findSpeaker')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        ) : null}
        {found.map((speaker) => (
          <label key={speaker} className="pe-choice">
            <input type="checkbox" checked={!hidden.has(speaker)} onChange={() => toggle(speaker)} />
            {speaker || '—'}
          </label>
        ))}
        {hidden.size > 0 ? (
          <button type="button" className="pe-button" onClick={() => setHidden(new Set())}>
            {t('paragraphs.showAll')}
          </button>
        ) : null}
      </div>
    </details>
  )
}
