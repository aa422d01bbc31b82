import { Fragment, useEffect, useRef, useState } from 'react'
import type { TagNode } from '../../core/taskConfig'
import { useEditor, useEditorScope } from '../EditorContext'
import { TagChildren } from '../TagChildren'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { PAGE_SIZES, pageCount, readPageSize, SIZE_KEY, wantedCopy } from './paging'

/** Shows the copies that a Repeater makes: all of them, or page by page. */
export function RepeaterTag({ node }: TagViewProps) {
  return node.attrs.mode === 'pagination' ? <PagedCopies node={node} /> : <TagChildren node={node} />
}

function PagedCopies({ node }: { node: TagNode }) {
  const t = useText()
  const { editor, addCommands, renderTag, setScope } = useEditorScope()
  const [size, setSize] = useState(storedSize)
  const page = useEditor((e) => Math.min(e.pageOf(node.key), pageCount(node, size) - 1))
  const wanted = useEditor((e) => wantedCopy(e, node))
  const count = pageCount(node, size)
  const go = useRef((_: number) => {})
  go.current = (to) =>
    editor.pages.update((pages) => new Map(pages).set(node.key, Math.min(Math.max(to, 0), count - 1)))
  useEffect(() => {
    if (wanted >= 0) go.current(Math.floor(wanted / size))
  }, [wanted, size])
  useEffect(() => {
    const now = () => editor.pageOf(node.key)
    const shared = { group: 'view' as const, scope: node.key, isEnabled: () => true }
    return addCommands([
      {
        ...shared,
        id: 'repeater:next-page',
        title: 'repeater.next',
        hotkey: 'alt+right',
        run: () => go.current(now() + 1),
      },
      {
        ...shared,
        id: 'repeater:previous-page',
        title: 'repeater.previous',
        hotkey: 'alt+left',
        run: () => go.current(now() - 1),
      },
    ])
  }, [addCommands, editor, node])
  const resize = (next: number) => {
    storeSize(next)
    setSize(next)
    go.current(Math.floor((page * size) / next))
  }
  return (
    <div className="pe-repeater" onPointerDown={() => setScope(node.key)}>
      <nav className="pe-pages" aria-label={t('repeater.pages')}>
        <button type="button" className="pe-button" disabled={page === 0} onClick={() => go.current(page - 1)}>
          ‹<span className="pe-hidden">{t('repeater.previous')}</span>
        </button>
        <span>{t('repeater.page', { page: page + 1, count })}</span>
        <button type="button" className="pe-button" disabled={page >= count - 1} onClick={() => go.current(page + 1)}>
          ›<span className="pe-hidden">{t('repeater.next')}</span>
        </button>
        <label className="pe-quiet">
          {t('repeater.size')}{' '}
          <select
            className="pe-input pe-input_small"
            value={size}
            onChange={(event) => resize(Number(event.target.value))}
          >
            {PAGE_SIZES.map((option) => (
              <option key={option} value={option}>
                {option}
              </option>
            ))}
          </select>
        </label>
      </nav>
      {node.children.slice(page * size, (page + 1) * size).map((copy) => (
        <Fragment key={copy.key}>{renderTag(copy)}</Fragment>
      ))}
    </div>
  )
}

function storedSize(): number {
  try {
    return readPageSize(localStorage.getItem(SIZE_KEY))
  } catch {
    return 1
  }
}

function storeSize(size: number): void {
  try {
    localStorage.setItem(SIZE_KEY, String(size))
  } catch {
    // Without storage the size lasts as long as the page.
  }
}
