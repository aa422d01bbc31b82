import { useEffect, useMemo, useState } from 'react'
import type { Json } from '../../core/json'
import { asText } from '../../core/references'
import { fetchText } from '../fetchText'
import { LoadError } from '../LoadError'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { tableKind, tableRows } from './tableRows'

const PAGE = 50

/** Rows of an object, a list or CSV; long tables have pages. */
export function TableTag({ node }: TagViewProps) {
  const t = useText()
  const kind = useMemo(() => tableKind(node), [node])
  const [loaded, setLoaded] = useState<{ data: Json; isFailed: boolean } | null>(
    kind.isUrl ? null : { data: node.data, isFailed: false },
  )
  useEffect(() => {
    if (!kind.isUrl) return
    const stop = new AbortController()
    fetchText(asText(node.data), stop.signal).then(
      (data) => stop.signal.aborted || setLoaded({ data, isFailed: false }),
      () => stop.signal.aborted || setLoaded({ data: '', isFailed: true }),
    )
    return () => stop.abort()
  }, [kind, node])
  const read = useMemo(() => {
    const words = { name: t('table.name'), value: t('table.value'), index: t('table.index') }
    return loaded === null ? null : tableRows(loaded.data, kind, words)
  }, [loaded, kind, t])
  const [page, setPage] = useState(0)
  if (loaded?.isFailed) return <LoadError attribute="value" url={asText(node.data)} />
  if (!read) return <p className="pe-quiet">{t('objects.loading')}</p>
  const count = Math.ceil(read.rows.length / PAGE)
  return (
    <section className="pe-object pe-table" aria-label={t('objects.table', { name: node.attrs.name })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keys */}
      <div className="pe-table__scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {read.columns.map((column, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may be called alike
                <th key={at} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {read.rows.slice(page * PAGE, (page + 1) * PAGE).map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              <tr key={at}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns may be called alike
                  <td key={column} dir="auto">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > 1 ? (
        <nav className="pe-pages" aria-label={t('repeater.pages')}>
          <button type="button" className="pe-button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            ‹<span className="pe-hidden">{t('repeater.previous')}</span>
          </button>
          <span>{t('repeater.page', { page: page + 1, count })}</span>
          <button type="button" className="pe-button" disabled={page >= count - 1} onClick={() => setPage(page + 1)}>
            ›<span className="pe-hidden">{t('repeater.next')}</span>
          </button>
        </nav>
      ) : null}
    </section>
  )
}
