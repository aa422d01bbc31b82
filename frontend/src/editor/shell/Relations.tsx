import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsLeftRight,
  IconEye,
  IconEyeOff,
  IconSortAscending,
  IconSortDescending,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { RecordId, RelationRecord, ResultItem } from '../core/document'
import { stringsOf } from '../core/json'
import { labelNames, linkColor } from '../core/labeling'
import { toggledAll } from '../core/regionActions'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { useShell } from './ShellContext'

const NEXT: Readonly<Record<string, string>> = { right: 'bi', bi: 'left', left: 'right' }
const ICONS: Readonly<Record<string, typeof IconArrowLeft>> = {
  right: IconArrowRight,
  left: IconArrowLeft,
  bi: IconArrowsLeftRight,
}
const MOST = 200

/** The links of one region. */
export function Relations({ regionId }: { regionId: RecordId }) {
  const t = useText()
  const relations = useEditor(
    (e) => e.store.relations().filter((link) => link.fromId === regionId || link.toId === regionId),
    sameList,
  )
  if (relations.length === 0) return null
  return (
    <section className="pe-relations" aria-label={t('details.relations')}>
      <h3 className="pe-quiet">{t('details.relations')}</h3>
      {relations.slice(0, MOST).map((relation) => (
        <Relation key={relation.id} relation={relation} />
      ))}
    </section>
  )
}

/** All links, in the order of their creation or the other way round. */
export function AllRelations() {
  const t = useText()
  const { editor } = useEditorScope()
  const relations = useEditor((e) => e.store.relations(), sameList)
  const isAllHidden = useEditor((e) => relations.every((link) => e.session.hiddenLinks.get().has(link.id)))
  const [isNewestFirst, setNewestFirst] = useState(false)
  if (relations.length === 0) return <p className="pe-quiet">{t('links.none')}</p>
  const [Sort, Eye] = [isNewestFirst ? IconSortDescending : IconSortAscending, isAllHidden ? IconEyeOff : IconEye]
  const shown = isNewestFirst ? [...relations].reverse() : relations
  const hideAll = () =>
    editor.session.hiddenLinks.update((hidden) =>
      toggledAll(
        hidden,
        relations.map((link) => link.id),
      ),
    )
  return (
    <section className="pe-relations" aria-label={t('details.relations')}>
      <div className="pe-relation">
        <span className="pe-quiet pe-grow">{t('links.count', { count: relations.length })}</span>
        <button
          type="button"
          className="pe-icon-button"
          aria-pressed={isNewestFirst}
          aria-label={t('links.newestFirst')}
          title={t('links.newestFirst')}
          onClick={() => setNewestFirst(!isNewestFirst)}
        >
          <Sort size={16} stroke={1.7} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="pe-icon-button"
          aria-pressed={isAllHidden}
          aria-label={t('links.hideAll')}
          title={t('links.hideAll')}
          onClick={hideAll}
        >
          <Eye size={16} stroke={1.7} aria-hidden="true" />
        </button>
      </div>
      {shown.slice(0, MOST).map((relation) => (
        <Relation key={relation.id} relation={relation} />
      ))}
    </section>
  )
}

function Relation({ relation }: { relation: RelationRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const { hoveredLink } = useShell()
  const isHidden = useEditor((e) => e.session.hiddenLinks.get().has(relation.id))
  const isReadonly = useEditor((e) => e.isReadonly)
  const item = relation.items[0] ?? {}
  const direction = item.direction ?? 'right'
  const Icon = ICONS[direction] ?? IconArrowRight
  const Eye = isHidden ? IconEyeOff : IconEye
  const change = (next: Partial<ResultItem>, name: string) =>
    editor.change(name, [[relation.id, relation, { ...relation, items: [{ ...item, ...next }] }]])
  return (
    <div
      className="pe-relation-box"
      onPointerEnter={() => hoveredLink.set(relation.id)}
      onPointerLeave={() => hoveredLink.set(null)}
    >
      <div className="pe-relation">
        <EndOfLink id={relation.fromId} />
        <button
          type="button"
          className="pe-icon-button"
          disabled={isReadonly}
          aria-label={t('details.direction')}
          title={t('details.direction')}
          onClick={() => change({ direction: NEXT[direction] ?? 'right' }, 'direction')}
        >
          <Icon size={16} stroke={1.7} aria-hidden="true" />
        </button>
        <EndOfLink id={relation.toId} />
        <span className="pe-grow" />
        <button
          type="button"
          className="pe-icon-button"
          aria-label={t(isHidden ? 'links.show' : 'links.hide')}
          title={t(isHidden ? 'links.show' : 'links.hide')}
          onClick={() => editor.session.hiddenLinks.update((hidden) => toggledAll(hidden, [relation.id]))}
        >
          <Eye size={15} stroke={1.7} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="pe-icon-button"
          disabled={isReadonly}
          aria-label={t('details.unlink')}
          title={t('details.unlink')}
          onClick={() => editor.change('unlink', [[relation.id, relation, null]])}
        >
          <IconTrash size={15} stroke={1.7} aria-hidden="true" />
        </button>
      </div>
      <LinkLabels item={item} isReadonly={isReadonly} onChange={(labels) => change({ labels }, 'relation label')} />
    </div>
  )
}

function EndOfLink({ id }: { id: RecordId }) {
  const { editor } = useEditorScope()
  const region = useEditor((e) => e.store.region(id))
  const text = region?.items.map((item) => item.value?.text).find((value) => typeof value === 'string')
  const name = region ? labelNames(editor, region).join(', ') || region.id : id
  return (
    <button
      type="button"
      className="pe-link pe-relation__end"
      title={name}
      onClick={() => editor.selection.select([id])}
    >
      {typeof text === 'string' && text !== '' ? text.slice(0, 40) : name}
    </button>
  )
}

interface LabelsProps {
  readonly item: ResultItem
  readonly isReadonly: boolean
  readonly onChange: (labels: string[]) => void
}

/** The labels of a link: one, or several where `<Relations choice="multiple">` allows it. */
function LinkLabels({ item, isReadonly, onChange }: LabelsProps) {
  const t = useText()
  const { editor } = useEditorScope()
  const labels = stringsOf(item.labels)
  const words = editor.config.relationWords
  const isMultiple = words[0]?.node.parent?.attrs.choice !== 'single'
  if (words.length === 0) return <span className="pe-quiet pe-grow">{labels.join(', ')}</span>
  const free = words.filter(({ word }) => !labels.includes(word))
  const kept = isMultiple ? labels : []
  return (
    <span className="pe-relation__labels">
      {isMultiple
        ? labels.map((label) => (
            <button
              key={label}
              type="button"
              className="pe-chip"
              style={{ '--pe-color': linkColor(editor, [label]) } as React.CSSProperties}
              disabled={isReadonly}
              title={t('links.removeLabel')}
              onClick={() => onChange(labels.filter((other) => other !== label))}
            >
              {words.find(({ word }) => word === label)?.shown ?? label} ×
            </button>
          ))
        : null}
      {isMultiple && free.length === 0 ? null : (
        <select
          className="pe-mini"
          aria-label={t('details.labels')}
          disabled={isReadonly}
          value={isMultiple ? '' : (labels[0] ?? '')}
          onChange={(event) => onChange([...kept, event.target.value].filter(Boolean))}
        >
          <option value="">{isMultiple ? '+' : '–'}</option>
          {(isMultiple ? free : words).map((word) => (
            <option key={word.word} value={word.word}>
              {word.shown}
            </option>
          ))}
        </select>
      )}
    </span>
  )
}
