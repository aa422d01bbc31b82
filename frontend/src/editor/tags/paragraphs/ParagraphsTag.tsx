import { useMemo } from 'react'
import { LoadError } from '../LoadError'
import type { TagViewProps } from '../tag'
import { useJsonValue } from '../useJsonValue'
import { useText } from '../useText'
import { Dialogue } from './Dialogue'
import { readPhrases } from './phrases'

/** A dialogue whose parts can be labeled. */
export function ParagraphsTag({ node }: TagViewProps) {
  const t = useText()
  const { value, failedUrl } = useJsonValue(node, node.attrs.valueType === 'url')
  const read = useMemo(() => (value === undefined ? null : readPhrases(node, value)), [node, value])
  if (failedUrl !== null) return <LoadError attribute="value" url={failedUrl} />
  if (read === null) return <p className="pe-quiet">{t('objects.loading')}</p>
  if ('phrases' in read) return <Dialogue node={node} phrases={read.phrases} />
  return (
    <div className="pe-problem" role="alert">
      <strong>{read.missing === '' ? t('paragraphs.noList') : t('paragraphs.noKey', { key: read.missing })}</strong>
    </div>
  )
}
