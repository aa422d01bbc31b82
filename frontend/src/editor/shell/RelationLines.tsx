import { useEffect, useRef, useState } from 'react'
import type { RecordId, RelationRecord } from '../core/document'
import type { Editor } from '../core/editor'
import { stringsOf } from '../core/json'
import { linkColor } from '../core/labeling'
import type { Box } from '../core/regionView'
import { boundsOf } from '../core/views'
import { useEditorScope } from '../tags/EditorContext'
import { type Arrow, arrowBetween, isInFrame, nearest } from './relationPath'
import { useShell } from './ShellContext'

interface Line {
  readonly id: RecordId
  readonly arrow: Arrow
  readonly text: string
  readonly direction: string
  /** Color that the config gives to the first label; unset: our own. */
  readonly color?: string
  readonly isLit: boolean
}

/** More arrows than this are a tangle, and cost more than they tell. */
const MOST = 300
const LABEL_ROOM = 40
const MOVES = ['scroll', 'resize', 'load', 'toggle'] as const

/** Arrows between linked regions, over the labeling area; a click selects the two ends. */
export function RelationLines() {
  const { editor } = useEditorScope()
  const { hoveredLink } = useShell()
  const svg = useRef<SVGSVGElement>(null)
  const [lines, setLines] = useState<readonly Line[]>([])
  useEffect(() => {
    let frame = 0
    let drawn = ''
    const draw = () => {
      frame = 0
      // To measure takes a layout.
      const origin = editor.store.relations().length > 0 ? svg.current?.getBoundingClientRect() : undefined
      const next = origin ? linesOf(editor, origin, hoveredLink.get()) : []
      const key = JSON.stringify(next)
      if (key !== drawn) setLines(next)
      drawn = key
    }
    const request = () => {
      frame ||= requestAnimationFrame(draw)
    }
    let ends: (() => void)[] = []
    const follow = () => {
      for (const end of ends) end()
      ends = [...editor.views.get().values()].map((view) => view.subscribe(request))
      request()
    }
    follow()
    const endAll = [editor.subscribe(request), editor.views.subscribe(follow), hoveredLink.subscribe(request)]
    // A scroll of any part, a picture that came, another size of the window: regions may stand elsewhere.
    for (const kind of MOVES) window.addEventListener(kind, request, { capture: true, passive: true })
    return () => {
      for (const end of [...ends, ...endAll]) end()
      for (const kind of MOVES) window.removeEventListener(kind, request, { capture: true })
      cancelAnimationFrame(frame)
    }
  }, [editor, hoveredLink])
  return (
    <svg ref={svg} className="pe-links" aria-hidden="true">
      {lines.map((line) => (
        <g
          key={line.id}
          className={line.isLit ? 'pe-link-line pe-link-line_on' : 'pe-link-line'}
          style={line.color ? ({ '--pe-link': line.color } as React.CSSProperties) : undefined}
        >
          <path d={line.arrow.path} />
          {line.direction !== 'left' ? <Head tip={line.arrow.to} /> : null}
          {line.direction !== 'right' ? <Head tip={line.arrow.from} /> : null}
          {line.text === '' ? null : (
            <text x={line.arrow.middle.x} y={line.arrow.middle.y}>
              {line.text}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

const Head = ({ tip }: { tip: Arrow['to'] }) => (
  <polygon points="0,0 -9,-4 -9,4" transform={`translate(${tip.x} ${tip.y}) rotate(${tip.angle})`} />
)

function linesOf(editor: Editor, origin: Box, lit: RecordId | null): Line[] {
  const hidden = editor.session.hiddenLinks.get()
  return editor.store
    .relations()
    .filter((relation) => !hidden.has(relation.id))
    .slice(0, MOST)
    .flatMap((relation) => {
      const ends = endsOf(editor, relation)
      if (!ends) return []
      const [from, to] = ends.map((box) => ({ ...box, left: box.left - origin.left, top: box.top - origin.top }))
      const item = relation.items[0]
      const isLit = relation.id === lit || editor.selection.has(relation.fromId) || editor.selection.has(relation.toId)
      const arrow = arrowBetween(from as Box, to as Box)
      // Between two lines of a text a word would cover others.
      const hasRoom = isLit || Math.hypot(arrow.to.x - arrow.from.x, arrow.to.y - arrow.from.y) > LABEL_ROOM
      return {
        id: relation.id,
        arrow,
        text: !hasRoom ? '' : wordsOf(editor, stringsOf(item?.labels)),
        direction: item?.direction ?? 'right',
        color: linkColor(editor, stringsOf(item?.labels)),
        isLit,
      }
    })
}

const wordsOf = (editor: Editor, labels: readonly string[]): string =>
  labels.map((label) => editor.config.relationWords.find(({ word }) => word === label)?.shown ?? label).join(', ')

/** Returns where a link begins and ends; `null` if an end is hidden, scrolled away or on another page. */
function endsOf(editor: Editor, relation: RelationRecord): readonly [Box, Box] | null {
  const [from, to] = [boxesOf(editor, relation.fromId), boxesOf(editor, relation.toId)]
  const [first] = from
  const end = first && nearest(to, first)
  const start = end && nearest(from, end)
  return start && end ? [plain(start), plain(end)] : null
}

function boxesOf(editor: Editor, id: RecordId): Box[] {
  const region = editor.store.region(id)
  const frame = region && editor.views.get().get(region.to)?.frame()
  return region && frame ? boundsOf(editor, region).filter((box) => isInFrame(box, frame)) : []
}

const plain = ({ left, top, width, height }: Box): Box => ({ left, top, width, height })
