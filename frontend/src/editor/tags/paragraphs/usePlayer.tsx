import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { flag } from '../../core/labelConfig'
import type { TagNode } from '../../core/taskConfig'
import { useText } from '../useText'
import { type Phrase, phraseAt } from './phrases'

export interface PhrasePlayer {
  /** The phrase that is said now; -1 while nothing plays. */
  readonly playing: number
  /** The player above the phrases. */
  readonly strip: ReactNode
  /** The button that plays one phrase. */
  button(index: number): ReactNode
}

/** Plays the recording of a dialogue, whole or phrase by phrase. */
export function usePlayer(
  node: TagNode,
  phrases: readonly Phrase[],
  root: RefObject<HTMLElement | null>,
): PhrasePlayer {
  const t = useText()
  const audio = useRef<HTMLAudioElement>(null)
  const stopAt = useRef<number | null>(null)
  const [playing, setPlaying] = useState(-1)
  const [follows, setFollows] = useState(true)
  const url = node.attrs.audioUrl
  const scrolls = flag(node, 'contextScroll')
  useEffect(() => {
    if (!scrolls || !follows || playing < 0) return
    root.current?.querySelector(`[data-phrase="${playing}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [scrolls, follows, playing, root])
  const onTime = () => {
    const player = audio.current
    if (!player) return
    if (stopAt.current !== null && player.currentTime >= stopAt.current) {
      stopAt.current = null
      player.pause()
    }
    setPlaying(player.paused ? -1 : phraseAt(phrases, player.currentTime))
  }
  const toggle = (index: number) => {
    const [player, phrase] = [audio.current, phrases[index]]
    if (!player || !phrase || phrase.start === null) return
    if (playing === index) {
      player.pause()
      return
    }
    stopAt.current = phrase.end
    player.currentTime = phrase.start
    void player.play().catch(() => setPlaying(-1))
  }
  const strip = url ? (
    <div className="pe-dialogue__player">
      {/* biome-ignore lint/a11y/useMediaCaption: the phrases below are the captions */}
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        controls={flag(node, 'showPlayer')}
        onTimeUpdate={onTime}
        onPlay={onTime}
        onPause={onTime}
        onEnded={() => setPlaying(-1)}
      />
      {scrolls ? (
        <label className="pe-choice">
          <input type="checkbox" checked={follows} onChange={() => setFollows(!follows)} />
          {t('paragraphs.follow')}
        </label>
      ) : null}
    </div>
  ) : null
  const button = (index: number) =>
    url && phrases[index]?.start !== null ? (
      <button
        type="button"
        className="pe-tool pe-phrase__play"
        aria-label={t(playing === index ? 'paragraphs.pause' : 'paragraphs.play', { number: index + 1 })}
        onClick={() => toggle(index)}
      >
        {playing === index ? '❚❚' : '▶'}
      </button>
    ) : null
  return { playing, strip, button }
}
