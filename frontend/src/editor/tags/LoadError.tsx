import { useText } from './useText'

/** Stands where an object could not be loaded; the rest of the page works on. */
export function LoadError({ attribute, url }: { attribute: string; url: string }) {
  const t = useText()
  return (
    <div className="pe-problem" role="alert">
      <strong>{t('objects.failed', { attribute })}</strong>
      <code>{url.slice(0, 300)}</code>
      <span>{/^https?:/.test(url) ? t('objects.failedForeign') : t('objects.failedHere')}</span>
    </div>
  )
}
