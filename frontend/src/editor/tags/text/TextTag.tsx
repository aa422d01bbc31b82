import { LoadError } from '../LoadError'
import type { TagViewProps } from '../tag'
import { useRichValue } from '../useRichValue'
import { useText } from '../useText'
import { TextRegions } from './TextRegions'

/** Plain text whose parts can be labeled. */
export function TextTag({ node }: TagViewProps) {
  const t = useText()
  const { text, failedUrl } = useRichValue(node)
  if (failedUrl !== null) return <LoadError attribute="value" url={failedUrl} />
  if (text === null) return <p className="pe-quiet">{t('objects.loading')}</p>
  return <TextRegions node={node} text={text} />
}
