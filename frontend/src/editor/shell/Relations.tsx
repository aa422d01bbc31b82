import { IconArrowLeft, IconArrowRight, IconArrowsLeftRight, IconTrash } from '@tabler/icons-react'
import type { RecordId, RelationRecord } from '../core/document'
import { stringsOf } from '../core/json'
import { labelNames } from '../core/labeling'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'

const NEXT: Readonly<Record<string, string>> = { right: 'bi', bi: 'left', left: 'right' }
const ICONS: Readonly<Record<string, typeof IconArrowLeft>> = {
  right: IconArrowRight,
  left: IconArrowLeft,
  bi: IconArrowsLeftRight,
}

/** The links of a region, or of all. */
export function Relations({ regionId }: { regionId: RecordId | null }) {
  const t = useText()
  const relations = useEditor(
    (e) =>
      e.store.relations().filter((link) => regionId === null || link.fromId === regionId || link.toId === regionId),
    sameList,
  )
  if (relations.length === 0) return null
  return (
    <section className="pe-relations" aria-label={t('details.relations')}>
      <h3 className="pe-quiet">{t('details.relations')}</h3>
      {relations.slice(0, 200).map((relation) => (
        <Relation key={relation.id} relation={relation} />
      ))}
    </section>
  )
}

function Relation({ relation }: { relation: RelationRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const item = relation.items[0] ?? {}
  const direction = item.direction ?? 'right'
  const Icon = ICONS[direction] ?? IconArrowRight
  const nameOf = (id: RecordId) => {
    const region = editor.store.region(id)
    return region ? labelNames(editor, region).join(', ') || region.id : id
  }
  const change = (next: Partial<typeof item>, name: string) =>
    editor.change(name, [[relation.id, relation, { ...relation, items: [{ ...item, ...next }] }]])
  const labels = stringsOf(item.labels)
  const words = editor.config.relationWords
  return (
    <div className="pe-relation">
      <button type="button" className="pe-link" onClick={() => editor.selection.select([relation.fromId])}>
        {nameOf(relation.fromId)}
      </button>
      <button
        type="button"
        className="pe-icon-button"
        disabled={editor.isReadonly}
        aria-label={t('details.direction')}
        title={t('details.direction')}
        onClick={() => change({ direction: NEXT[direction] ?? 'right' }, 'direction')}
      >
        <Icon size={16} stroke={1.7} aria-hidden="true" />
      </button>
      <button type="button" className="pe-link" onClick={() => editor.selection.select([relation.toId])}>
        {nameOf(relation.toId)}
      </button>
      {words.length > 0 ? (
        <select
          className="pe-mini"
          aria-label={t('details.labels')}
          disabled={editor.isReadonly}
          value={labels[0] ?? ''}
          onChange={(event) =>
            change({ labels: event.target.value === '' ? [] : [event.target.value] }, 'relation label')
          }
        >
          <option value="">–</option>
          {words.map((word) => (
            <option key={word.word} value={word.word}>
              {word.shown}
            </option>
          ))}
        </select>
      ) : (
        <span className="pe-quiet">{labels.join(', ')}</span>
      )}
      <button
        type="button"
        className="pe-icon-button"
        disabled={editor.isReadonly}
        aria-label={t('details.unlink')}
        title={t('details.unlink')}
        onClick={() => editor.change('unlink', [[relation.id, relation, null]])}
      >
        <IconTrash size={15} stroke={1.7} aria-hidden="true" />
      </button>
    </div>
  )
}
