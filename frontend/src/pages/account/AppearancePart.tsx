import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AUTOMATIC, chooseLanguage, chosenLanguage, languages, nameOfLanguage } from '@/app/i18n/languages'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'

const schemes = ['auto', 'light', 'dark'] as const

/** Light, dark, or as the system says; and the language. */
export const AppearancePart = () => {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [choice, setChoice] = useState(chosenLanguage)
  const choose = async (value: string) => {
    try {
      await chooseLanguage(value)
      setChoice(value)
    } catch {
      sayFailed(t('account.appearance.languageFailed'))
    }
  }
  return (
    <>
      <Section title={t('account.appearance.title')} hint={t('account.appearance.hint')}>
        <SegmentedControl
          size="sm"
          aria-label={t('account.appearance.scheme')}
          data={schemes.map((value) => ({ value, label: t(`account.appearance.${value}`) }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((known) => known === value) ?? 'auto')}
        />
      </Section>
      <Section
        title={t('account.appearance.language')}
        hint={t('account.appearance.languageHint', {
          date: new Date().toLocaleDateString(undefined, { dateStyle: 'long' }),
          number: (1234.5).toLocaleString(),
        })}
      >
        <Select
          w={240}
          aria-label={t('account.appearance.language')}
          allowDeselect={false}
          data={[
            { value: AUTOMATIC, label: t('account.appearance.languageAuto') },
            ...languages.map((value) => ({ value, label: nameOfLanguage(value) })),
          ]}
          value={choice}
          onChange={(value) => value && void choose(value)}
        />
      </Section>
    </>
  )
}
