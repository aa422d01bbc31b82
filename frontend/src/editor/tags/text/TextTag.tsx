import { LoadError } from '../LoadError'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { TextRegions } from './TextRegions'
import { useTextValue } from './useTextValue'

/** Plain text whose parts can be labeled. */
export function TextTag({ node }: TagViewProps) {
  const t = useText()
  const { text, failedUrl } = useTextValue(node)
  if (failedUrl !== null) return <LoadError attribute="value" url={failedUrl} />
  if (text === null) return <p className="pe-quiet">{t('objects.loading')}</p>
  return <TextRegions node={node} text={text} />
}
