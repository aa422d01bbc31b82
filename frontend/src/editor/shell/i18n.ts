import i18next, { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { messages } from './messages.en'

/** Name of the editor's texts in i18next. */
export const EDITOR_NAMESPACE = 'editor'

/** The editor's texts, to be added to the page's i18next: `addResourceBundle(language, EDITOR_NAMESPACE, bundle)`. */
export const editorResources = { en: messages } as const

/** Returns the i18next to use: the page's own with the editor's texts added, else one of the editor's. */
export function editorI18n(): i18n {
  if (i18next.isInitialized) {
    for (const [language, bundle] of Object.entries(editorResources)) {
      if (!i18next.hasResourceBundle(language, EDITOR_NAMESPACE))
        i18next.addResourceBundle(language, EDITOR_NAMESPACE, bundle)
    }
    return i18next
  }
  const own = createInstance()
  void own.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    ns: [EDITOR_NAMESPACE],
    defaultNS: EDITOR_NAMESPACE,
    resources: { en: { [EDITOR_NAMESPACE]: messages } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return own
}
