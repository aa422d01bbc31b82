import {
  closestCorners,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { canAnswer, currentAnswer } from '../../core/answers'
import { flag } from '../../core/labelConfig'
import type { Control } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { RankColumn } from './RankColumn'
import { columnOf, columnsOf, itemsOf, moved, type Ranking, rank, rankingOf } from './ranking'

/** Enter stays with the editor: with Ctrl it submits. */
const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space'] }

/** Items of a List in order, or in buckets; moved by pointer or keys. */
export function RankerTag({ node }: TagViewProps) {
  const { editor } = useEditorScope()
  const control = editor.config.controls.get(node.attrs.name ?? '')
  return control ? <Columns control={control} /> : null
}

function Columns({ control }: { control: Control }) {
  const t = useText()
  const { editor } = useEditorScope()
  const answer = useEditor((e) => currentAnswer(e, control))
  const isFree = useEditor((e) => canAnswer(e, control))
  const box = useRef<HTMLFieldSetElement>(null)
  useSeen(control.name, box)
  const items = useMemo(() => new Map(itemsOf(editor, control).map((item) => [item.id, item])), [editor, control])
  const stored = useMemo(() => rankingOf(editor, control, answer), [editor, control, answer])
  /** How the items stand while one is dragged. */
  const [dragged, setDragged] = useState<Ranking | null>(null)
  const ranking = dragged ?? stored
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, keyboardCodes: KEYS }),
  )
  const target = (active: string | number, over: string | number | undefined): Ranking => {
    if (over === undefined) return ranking
    const [id, place] = [String(active), String(over)]
    const column = columnOf(ranking, place) ?? (place.startsWith('column ') ? place.slice('column '.length) : undefined)
    if (column === undefined || id === place) return ranking
    const ids = ranking[column] ?? []
    const at = ids.indexOf(place)
    return moved(ranking, id, column, at < 0 ? ids.filter((other) => other !== id).length : at)
  }
  const placeIn = (active: string | number, over: string | number | undefined) => {
    const next = target(active, over)
    const column = next[columnOf(next, String(active)) ?? ''] ?? []
    return { place: column.indexOf(String(active)) + 1, count: column.length }
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const next = target(active.id, over?.id)
    setDragged(null)
    if (over && next !== stored) rank(editor, control, next)
  }
  const title = (id: string | number) => items.get(String(id))?.title || String(id)
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCorners}
      accessibility={{
        screenReaderInstructions: { draggable: t('ranker.instructions') },
        announcements: {
          onDragStart: ({ active }) => t('ranker.taken', { item: title(active.id) }),
          onDragOver: ({ active, over }) =>
            t('ranker.moved', { item: title(active.id), ...placeIn(active.id, over?.id) }),
          onDragEnd: ({ active }) => t('ranker.dropped', { item: title(active.id) }),
          onDragCancel: ({ active }) => t('ranker.cancelled', { item: title(active.id) }),
        },
      }}
      onDragStart={() => setDragged(stored)}
      onDragOver={({ active, over }) => {
        const next = target(active.id, over?.id)
        const isElsewhere = columnOf(next, String(active.id)) !== columnOf(ranking, String(active.id))
        if (isElsewhere) setDragged(next)
      }}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(null)}
    >
      <fieldset ref={box} className="pe-ranker" aria-label={control.name}>
        {columnsOf(editor, control).map((column) => (
          <RankColumn
            key={column.name}
            column={column}
            items={(ranking[column.name] ?? []).flatMap((id) => items.get(id) ?? [])}
            isFree={isFree}
            isFoldable={flag(control.node, 'collapsible')}
          />
        ))}
      </fieldset>
    </DndContext>
  )
}

/** Notes that a control has been on the screen. */
function useSeen(name: string, box: RefObject<HTMLElement | null>): void {
  const { editor } = useEditorScope()
  useEffect(() => {
    if (!box.current || editor.seen.has(name)) return
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      editor.seen.add(name)
      observer.disconnect()
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [editor, name, box])
}
