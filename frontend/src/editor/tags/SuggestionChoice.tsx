import { IconCheck, IconX } from '@tabler/icons-react'
import { useEditorScope } from './EditorContext'
import { useText } from './useText'

interface Props {
  readonly region: string
  /** What is suggested, for those who do not see the buttons beside it. */
  readonly about?: string
}

/** Two buttons: accept what a model suggests, or reject it. */
export function SuggestionChoice({ region, about }: Props) {
  const t = useText()
  const { suggestions } = useEditorScope().editor
  const named = (word: string) => (about ? { 'aria-label': `${word}: ${about}` } : { 'aria-label': word, title: word })
  return (
    <>
      <button
        type="button"
        className="pe-icon-button pe-suggestion__accept"
        {...named(t('image.accept'))}
        onClick={() => suggestions.accept(region)}
      >
        <IconCheck size={16} stroke={2} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="pe-icon-button"
        {...named(t('image.reject'))}
        onClick={() => suggestions.reject(region)}
      >
        <IconX size={16} stroke={2} aria-hidden="true" />
      </button>
    </>
  )
}
