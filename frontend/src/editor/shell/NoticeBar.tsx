import { useEffect } from 'react'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'

const SHOWN_MS = 6000

/** A short message; it goes by itself unless it is an error. */
export function NoticeBar() {
  const t = useText()
  const { editor } = useEditorScope()
  const notice = useEditor((e) => e.notice.get())
  useEffect(() => {
    if (!notice || notice.tone === 'error') return
    const timer = setTimeout(() => editor.notice.set(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [editor, notice])
  return (
    <div className="pe-toasts" role="status" aria-live="polite">
      {notice ? (
        <div className={`pe-toast pe-toast_${notice.tone}`}>
          <span>{t(notice.key, { ...notice.values })}</span>
          <button
            type="button"
            className="pe-icon-button"
            aria-label={t('dialog.close')}
            onClick={() => editor.notice.set(null)}
          >
            ✕
          </button>
        </div>
      ) : null}
    </div>
  )
}
