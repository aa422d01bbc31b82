import DOMPurify from 'dompurify'
import { useMemo } from 'react'

/** Shows HTML of a config or of task data without anything that runs. */
export function CleanHtml({ html, className }: { html: string; className?: string }) {
  const clean = useMemo(
    () =>
      DOMPurify.sanitize(html, { FORBID_TAGS: ['style', 'form', 'input'], USE_PROFILES: { html: true, svg: true } }),
    [html],
  )
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized in the line above
  return <span className={className} dangerouslySetInnerHTML={{ __html: clean }} />
}
