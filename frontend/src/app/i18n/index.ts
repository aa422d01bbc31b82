import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en'

/** Starts the texts of the interface in English, which stands in for what other languages lack. */
export const startTexts = (): void => {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}
