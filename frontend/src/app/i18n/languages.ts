import i18next from 'i18next'

/** The texts of one language, keys as in English. */
export interface Catalog {
  readonly pages: object
  readonly editor: object
}

/** A further language is one more file in this folder; it is fetched when somebody wants it. */
const catalogs = import.meta.glob<Catalog>('./languages/*.json', { import: 'default' })
const pathOf = (language: string): string => `./languages/${language}.json`

/** Where the editor looks for its texts. */
export const EDITOR_TEXTS = 'editor'
const SOURCE = 'en'
const KEY = 'postil.language'
/** The choice of what the browser prefers. */
export const AUTOMATIC = 'auto'

/** Returns the languages that there are texts in, by their codes. */
export const languages: readonly string[] = [
  SOURCE,
  ...Object.keys(catalogs).map((path) => path.replace(/^.*\/|\.json$/g, '')),
].sort()

/** Returns what a language calls itself, as "Deutsch". */
export const nameOfLanguage = (language: string): string => {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

/** Returns the language that a choice means to somebody whose browser prefers these. */
export const languageFor = (choice: string, preferred: readonly string[]): string => {
  const wanted = choice === AUTOMATIC ? preferred : [choice]
  const known = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((code) => languages.includes(code))
  return known ?? SOURCE
}

/** Returns what was chosen in this browser. */
export const chosenLanguage = (): string => {
  try {
    const kept = window.localStorage.getItem(KEY) ?? AUTOMATIC
    return languages.includes(kept) ? kept : AUTOMATIC
  } catch {
    return AUTOMATIC
  }
}

const keep = (choice: string): void => {
  try {
    window.localStorage.setItem(KEY, choice)
  } catch {
    // A browser that keeps nothing shows the language until the page is left.
  }
}

const load = async (language: string): Promise<void> => {
  const found = catalogs[pathOf(language)]
  if (!found || i18next.hasResourceBundle(language, 'translation')) return
  const { pages, editor } = await found()
  i18next.addResourceBundle(language, 'translation', pages)
  i18next.addResourceBundle(language, EDITOR_TEXTS, editor)
}

const show = async (language: string): Promise<void> => {
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** Shows the interface in a language; the choice is kept in this browser. Rejects if its texts cannot be fetched. */
export const chooseLanguage = async (choice: string): Promise<void> => {
  const language = languageFor(choice, navigator.languages)
  await load(language)
  keep(choice)
  await show(language)
}

/** Shows the language that was chosen before, or the one that the browser prefers; English if that fails. */
export const startLanguage = async (): Promise<void> => {
  const language = languageFor(chosenLanguage(), navigator.languages)
  if (language === SOURCE) return
  try {
    await load(language)
    await show(language)
  } catch {
    // The page is there in English.
  }
}
