import { type RefObject, useEffect } from 'react'
import { labelersFor } from '../../core/labeling'
import type { TagNode } from '../../core/taskConfig'
import type { FlowSurface } from '../../engines/text/flowSurface'
import { labelSelection } from '../../engines/text/spanSource'
import { useEditorScope } from '../EditorContext'
import { phraseSpanCodec } from './codec'
import type { Phrase } from './phrases'
import { regionInPhrase } from './regionInPhrase'
import { phraseSource } from './source'

interface PhraseCommands {
  readonly node: TagNode
  readonly phrases: readonly Phrase[]
  readonly root: RefObject<HTMLElement | null>
  readonly surface: RefObject<FlowSurface | null>
  readonly current: number
  readonly setCurrent: (index: number) => void
}

/** Offers to go through phrases and their regions, and to label a whole phrase, by keys. */
export function usePhraseCommands({ node, phrases, root, surface, current, setCurrent }: PhraseCommands): void {
  const { editor, addCommands } = useEditorScope()
  useEffect(() => {
    const object = node.attrs.name ?? ''
    const show = (index: number) => {
      const next = Math.min(Math.max(index, 0), phrases.length - 1)
      setCurrent(next)
      root.current?.querySelector(`[data-phrase="${next}"]`)?.scrollIntoView({ block: 'nearest' })
    }
    const selectRegion = (step: 1 | -1) => {
      const id = regionInPhrase(editor, object, current, step)
      if (id !== null) editor.selection.select([id])
    }
    const labelPhrase = () => {
      const flow = surface.current
      const length = phrases[current]?.text.length ?? 0
      if (!flow || length === 0) return
      const start = flow.startOf(current)
      const source = phraseSource(
        node,
        flow,
        phrases.map((phrase) => phrase.text.length),
      )
      labelSelection(editor, source, { start, end: start + length })
    }
    const shared = { group: 'text' as const, scope: object }
    return addCommands([
      {
        ...shared,
        id: 'phrases:next-phrase',
        title: 'paragraphs.nextPhrase',
        hotkey: 'ctrl+down',
        mac: 'command+down',
        isEnabled: () => phrases.length > 0,
        run: () => show(current + 1),
      },
      {
        ...shared,
        id: 'phrases:previous-phrase',
        title: 'paragraphs.previousPhrase',
        hotkey: 'ctrl+up',
        mac: 'command+up',
        isEnabled: () => phrases.length > 0,
        run: () => show(current - 1),
      },
      {
        ...shared,
        id: 'phrases:next-region',
        title: 'paragraphs.nextRegion',
        hotkey: 'ctrl+right',
        mac: 'command+right',
        isEnabled: () => regionInPhrase(editor, object, current, 1) !== null,
        run: () => selectRegion(1),
      },
      {
        ...shared,
        id: 'phrases:previous-region',
        title: 'paragraphs.previousRegion',
        hotkey: 'ctrl+left',
        mac: 'command+left',
        isEnabled: () => regionInPhrase(editor, object, current, -1) !== null,
        run: () => selectRegion(-1),
      },
      {
        ...shared,
        id: 'phrases:select_all_annotate',
        title: 'paragraphs.labelPhrase',
        hotkey: 'ctrl+shift+a',
        mac: 'command+shift+a',
        isEnabled: () => current >= 0 && labelersFor(editor, object, phraseSpanCodec.family).length > 0,
        run: labelPhrase,
      },
    ])
  }, [editor, addCommands, node, phrases, root, surface, current, setCurrent])
}
