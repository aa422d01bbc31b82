import { labelNames, regionColor } from '../core/labeling'
import { hasOwnButtons } from '../core/modelAnswers'
import { excerptOf } from '../core/region'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { SuggestionChoice } from '../tags/SuggestionChoice'
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
            <SuggestionChoice region={region.id} about={about} />
          </li>
        )
      })}
    </ul>
  )
}
