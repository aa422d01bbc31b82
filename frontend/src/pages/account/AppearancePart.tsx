import { SegmentedControl, Text, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '@/ui/Section'

const schemes = ['auto', 'light', 'dark'] as const

/** Light, dark, or as the system says. */
export const AppearancePart = () => {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
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
        <Text size="sm">{t('account.appearance.english')}</Text>
      </Section>
    </>
  )
}
