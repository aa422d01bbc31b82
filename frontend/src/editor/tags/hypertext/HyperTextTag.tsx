import { useMemo } from 'react'
import { flag } from '../../core/labelConfig'
import { LoadError } from '../LoadError'
import type { TagViewProps } from '../tag'
import { useRichValue } from '../useRichValue'
import { useText } from '../useText'
import { HtmlFrame } from './HtmlFrame'
import { HtmlInline } from './HtmlInline'
import { readHtml } from './htmlDocument'

/** HTML whose parts can be labeled: in a frame of its own, or in the page. */
export function HyperTextTag({ node }: TagViewProps) {
  const t = useText()
  const { text, failedUrl } = useRichValue(node)
  const content = useMemo(() => (text === null ? null : () => readHtml(text)), [text])
  if (failedUrl !== null) return <LoadError attribute="value" url={failedUrl} />
  if (content === null) return <p className="pe-quiet">{t('objects.loading')}</p>
  return flag(node, 'inline') ? <HtmlInline node={node} read={content} /> : <HtmlFrame node={node} read={content} />
}
