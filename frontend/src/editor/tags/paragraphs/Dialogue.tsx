import { useEffect, useMemo, useRef, useState } from 'react'
import { colorFromText } from '../../core/color'
import type { TagNode } from '../../core/taskConfig'
import { FlowSurface } from '../../engines/text/flowSurface'
import { showSpans } from '../../engines/text/showSpans'
import { useEditorScope } from '../EditorContext'
import { useSpanOptions } from '../useSpanOptions'
import { useText } from '../useText'
import { clock, type Phrase } from './phrases'
import { SpeakerFilter } from './SpeakerFilter'
import { phraseSource } from './source'
import { usePhraseCommands } from './usePhraseCommands'
import { usePlayer } from './usePlayer'

/** The phrases of a dialogue, one row each. React makes the rows; spans over them are the surface's. */
export function Dialogue({ node, phrases }: { node: TagNode; phrases: readonly Phrase[] }) {
  const t = useText()
  const { setScope } = useEditorScope()
  const root = useRef<HTMLDivElement>(null)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [current, setCurrent] = useState(-1)
  const surface = useDialogueSpans(node, phrases, root, hidden)
  const player = usePlayer(node, phrases, root)
  usePhraseCommands({ node, phrases, root, surface, current, setCurrent })
  const isDialogue = node.attrs.layout === 'dialogue'
  const shown = player.playing >= 0 ? player.playing : current
  return (
    <section
      className={`pe-object lsf-object pe-dialogue${isDialogue ? ' pe-dialogue_colored' : ''}`}
      aria-label={t('objects.dialogue', { name: node.attrs.name })}
      onPointerDown={() => setScope(node.attrs.name ?? '')}
    >
      <div className="pe-dialogue__head">
        <SpeakerFilter phrases={phrases} hidden={hidden} setHidden={setHidden} />
        {player.strip}
      </div>
      <div
        ref={root}
        className="pe-dialogue__phrases htx-richtext lsf-htx-richtext"
        role="document"
        aria-label={t('objects.textKeys')}
        data-testid={`dialogue-${node.attrs.name}`}
      >
        {phrases.map((phrase, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: phrases have no identity but their place
            key={index}
            className={`pe-phrase${index === shown ? ' pe-phrase_current' : ''}`}
            hidden={hidden.has(phrase.speaker)}
            style={isDialogue ? ({ '--pe-speaker': colorFromText(phrase.speaker) } as React.CSSProperties) : undefined}
            data-phrase={index}
            onPointerDown={() => setCurrent(index)}
          >
            <div className="pe-phrase__head">
              {player.button(index)}
              <b className="pe-phrase__speaker">{phrase.speaker}</b>
              {phrase.start === null ? null : (
                <span className="pe-quiet">
                  {clock(phrase.start)}
                  {phrase.end === null ? '' : ` – ${clock(phrase.end)}`}
                </span>
              )}
            </div>
            <div className="pe-phrase__text" dir="auto">
              {phrase.text}
            </div>
          </div>
        ))}
      </div>
    </section>
  )
}

type Root = React.RefObject<HTMLDivElement | null>

function useDialogueSpans(
  node: TagNode,
  phrases: readonly Phrase[],
  root: Root,
  hidden: ReadonlySet<string>,
): React.RefObject<FlowSurface | null> {
  const { editor } = useEditorScope()
  const options = useSpanOptions(node)
  const surface = useRef<FlowSurface | null>(null)
  const redraw = useRef<() => void>(() => {})
  const lengths = useMemo(() => phrases.map((phrase) => phrase.text.length), [phrases])
  useEffect(() => {
    const element = root.current
    const frame = element?.parentElement
    if (!element || !frame) return
    const pieces = [...element.querySelectorAll('.pe-phrase__text')].map(textIn)
    const flow = new FlowSurface({ root: element, frame, pieces, between: '\n' })
    surface.current = flow
    const source = phraseSource(node, flow, lengths)
    const shown = showSpans({ editor, source, surface: flow, root: element, frame, options })
    redraw.current = shown.redraw
    const resized = new ResizeObserver(() => shown.redraw())
    resized.observe(element)
    return () => {
      resized.disconnect()
      shown.destroy()
      flow.destroy()
      surface.current = null
    }
  }, [editor, node, lengths, options, root])
  // biome-ignore lint/correctness/useExhaustiveDependencies: hidden phrases move the others
  useEffect(() => redraw.current(), [hidden])
  return surface
}

/** A phrase without words still has its place. */
function textIn(element: Element): Text {
  if (!(element.firstChild instanceof Text)) element.append(document.createTextNode(''))
  return element.firstChild as Text
}
