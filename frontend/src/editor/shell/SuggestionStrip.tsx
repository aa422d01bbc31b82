import { IconCheck, IconX } from '@tabler/icons-react'
import { labelNames, regionColor } from '../core/labeling'
import { hasOwnButtons } from '../core/modelAnswers'
import { excerptOf } from '../core/region'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'

/** What a model suggests, one by one, to be accepted or rejected; pictures have their own buttons. */
export function SuggestionStrip() {
  const t = useText()
  const { editor } = useEditorScope()
  const list = useEditor((e) => e.suggestions.list.get().filter((region) => !hasOwnButtons(e, region.to)), sameList)
  if (list.length === 0) return null
  return (
    <ul className="pe-proposals" aria-label={t('model.suggestions', { count: list.length })}>
      {list.map((region) => {
        const name = labelNames(editor, region).join(', ')
        const place = excerptOf(region)
        const about = place ? `${name} “${place}”` : name
        return (
          <li
            key={region.id}
            className="pe-proposal"
            style={{ '--pe-color': regionColor(editor, region) } as React.CSSProperties}
          >
            <b>{name}</b>
            <span className="pe-proposal__text">{place}</span>
            <button
              type="button"
              className="pe-icon-button pe-suggestion__accept"
              aria-label={`${t('image.accept')}: ${about}`}
              onClick={() => editor.suggestions.accept(region.id)}
            >
              <IconCheck size={16} stroke={2} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="pe-icon-button"
              aria-label={`${t('image.reject')}: ${about}`}
              onClick={() => editor.suggestions.reject(region.id)}
            >
              <IconX size={16} stroke={2} aria-hidden="true" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
