import type { i18n, TFunction } from 'i18next'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'

/** Gives the text of a key in the person's language, with values filled in. */
export type TextOf = (key: string, values?: Readonly<Record<string, unknown>>) => string

const known = new WeakMap<i18n, TextOf>()

const Context = createContext<TextOf | null>(null)

export const TextProvider = Context.Provider

/** Returns the function that gives the editor's texts. */
export function useText(): TextOf {
  const text = useContext(Context)
  if (!text) throw new Error('This part of the editor stands outside of its texts.')
  return text
}

/** Returns what `TextProvider` provides, and follows the language of the page. */
export function useTexts(): TextOf {
  const { i18n, t } = useTranslation('editor')
  return known.get(i18n) ?? remembering(i18n, t)
}

/**
 * Returns a function that looks each text up once. The editor asks for some hundred texts whenever a task is opened, and
 * i18next works out anew for each which languages and namespaces it may come from.
 */
function remembering(i18n: i18n, look: TFunction<'editor'>): TextOf {
  const texts = new Map<string, string>()
  const text: TextOf = (key, values) => {
    if (values) return look(key, { ...values })
    const found = texts.get(key) ?? look(key)
    texts.set(key, found)
    return found
  }
  const forget = () => {
    known.delete(i18n)
    i18n.off('languageChanged', forget)
    i18n.store.off('added', forget)
  }
  i18n.on('languageChanged', forget)
  i18n.store.on('added', forget)
  known.set(i18n, text)
  return text
}
