// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { createInstance, type i18n } from 'i18next'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { afterEach, describe, expect, it } from 'vitest'
import { TextProvider, useText, useTexts } from './useText'

afterEach(cleanup)

function texts(): i18n {
  const own = createInstance()
  void own.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    ns: ['editor'],
    defaultNS: 'editor',
    resources: {
      en: { editor: { hi: 'Hello', many_one: '{{count}} box', many_other: '{{count}} boxes', only: 'English' } },
    },
    initAsync: false,
  })
  return own
}
const asked: unknown[] = []

function Shown({ count }: { count: number }) {
  const t = useText()
  asked.push(t)
  return <output>{[t('hi'), t('many', { count }), t('only'), t('none.there')].join(', ')}</output>
}
const Page = ({ count }: { count: number }) => (
  <TextProvider value={useTexts()}>
    <Shown count={count} />
  </TextProvider>
)
const page = (own: i18n, count = 1) => (
  <I18nextProvider i18n={own}>
    <Page count={count} />
  </I18nextProvider>
)
const shown = () => screen.getByRole('status').textContent

describe('useText', () => {
  it('gives texts with their values, by a function that stays the same', () => {
    const own = texts()
    const view = render(page(own))
    expect(shown()).toBe('Hello, 1 box, English, none.there')
    view.rerender(page(own, 2))
    expect(shown()).toBe('Hello, 2 boxes, English, none.there')
    expect(new Set(asked.splice(0)).size).toBe(1)
  })

  it('follows the language, and texts that come later', async () => {
    const own = texts()
    const view = render(page(own))
    own.addResourceBundle('de', 'editor', { hi: 'Hallo', many_one: '{{count}} Kiste', many_other: '{{count}} Kisten' })
    await act(() => own.changeLanguage('de'))
    expect(shown()).toBe('Hallo, 1 Kiste, English, none.there')
    own.addResourceBundle('de', 'editor', { only: 'Deutsch' })
    view.rerender(page(own, 3))
    expect(shown()).toBe('Hallo, 3 Kisten, Deutsch, none.there')
    await act(() => own.changeLanguage('en'))
    expect(shown()).toBe('Hello, 3 boxes, English, none.there')
  })

  it('does not mix up two pages', () => {
    const [one, other] = [texts(), texts()]
    other.addResource('en', 'editor', 'hi', 'Welcome')
    render(page(one))
    expect(shown()).toMatch(/^Hello/)
    cleanup()
    render(page(other))
    expect(shown()).toMatch(/^Welcome/)
  })
})
