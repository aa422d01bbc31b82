// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { EDITOR_NAMESPACE } from '@/editor/shell/i18n'
import { messages } from '@/editor/shell/messages.en'
import { startTexts } from '.'
import { en } from './en'
import {
  AUTOMATIC,
  type Catalog,
  chooseLanguage,
  chosenLanguage,
  EDITOR_TEXTS,
  languageFor,
  languages,
  nameOfLanguage,
  startLanguage,
} from './languages'

const folder = join(import.meta.dirname, 'languages')
const flatten = (tree: object, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  )
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort()
const english = { pages: new Map(flatten(en)), editor: new Map(flatten(messages)) }
/** Texts that may lack the number in a plural form that means one thing only. */
const isSingular = (key: string): boolean => key.endsWith('_one')

describe.each(readdirSync(folder))('%s', (file) => {
  const catalog = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Catalog
  it.each(['pages', 'editor'] as const)('has every text of the %s, and none beside', (part) => {
    const texts = new Map(flatten(catalog[part]))
    expect([...english[part].keys()].filter((key) => !texts.has(key))).toEqual([])
    expect([...texts.keys()].filter((key) => !english[part].has(key))).toEqual([])
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it.each(['pages', 'editor'] as const)('has the placeholders of English in the %s', (part) => {
    const wrong = flatten(catalog[part]).filter(([key, text]) => {
      const [ours, theirs] = [placeholders(text), placeholders(english[part].get(key) ?? '')]
      return isSingular(key)
        ? ours.some((name) => !theirs.includes(name)) || theirs.some((name) => name !== 'count' && !ours.includes(name))
        : ours.join() !== theirs.join()
    })
    expect(wrong).toEqual([])
  })

  it('is translated: no sentence is as in English', () => {
    const words = (text: string) => text.split(' ').filter((word) => /^\p{L}/u.test(word))
    const same = flatten(catalog.pages).filter(
      ([key, text]) => words(text).length >= 3 && text === english.pages.get(key),
    )
    expect(same.map(([, text]) => text)).toEqual([])
  })
})

describe('the language', () => {
  beforeAll(startTexts)
  afterEach(async () => {
    vi.restoreAllMocks()
    await chooseLanguage('en')
    window.localStorage.clear()
  })

  it.each([
    [AUTOMATIC, ['de-AT', 'en'], 'de'],
    [AUTOMATIC, ['xx', 'de'], 'de'],
    [AUTOMATIC, ['en-GB', 'de'], 'en'],
    [AUTOMATIC, ['xx'], 'en'],
    [AUTOMATIC, [], 'en'],
    ['de', ['en'], 'de'],
    ['../de', ['de'], 'en'],
  ])('%s for a browser of %j is %s', (choice, preferred, language) => {
    expect(languageFor(choice, preferred)).toBe(language)
  })

  it('is offered by its own name', () => {
    expect(languages.map(nameOfLanguage)).toEqual(expect.arrayContaining(['Deutsch', 'English']))
  })

  it('is fetched when it is chosen, for pages and editor, and kept', async () => {
    expect(i18next.hasResourceBundle('de', 'translation')).toBe(false)
    await chooseLanguage('de')
    expect(i18next.t('common.save')).toBe('Speichern')
    expect(EDITOR_TEXTS).toBe(EDITOR_NAMESPACE)
    expect(i18next.t('bar.submit', { ns: EDITOR_NAMESPACE })).toBe('Abgeben')
    expect(i18next.t('data.total', { count: 1, shown: '1' })).toBe('1 Aufgabe')
    expect(document.documentElement.lang).toBe('de')
    expect(chosenLanguage()).toBe('de')
  })

  it('of the browser is shown at the start if nothing was chosen', async () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['de-CH'])
    await startLanguage()
    expect(i18next.language).toBe('de')
    expect(chosenLanguage()).toBe(AUTOMATIC)
  })

  it('that was kept and is gone counts as none', () => {
    window.localStorage.setItem('postil.language', 'tlh')
    expect(chosenLanguage()).toBe(AUTOMATIC)
  })
})
