import { Text } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { SideTabs } from '@/ui/SideTabs'
import { AppearancePart } from './AppearancePart'
import { HotkeysPart } from './HotkeysPart'
import { ProfilePart } from './ProfilePart'
import { SessionsPart } from './SessionsPart'
import { TokensPart } from './TokensPart'

const parts: Record<string, ComponentType> = {
  profile: ProfilePart,
  sessions: SessionsPart,
  tokens: TokensPart,
  hotkeys: HotkeysPart,
  appearance: AppearancePart,
}

/** What belongs to the person at the screen. */
export const AccountPage = () => {
  const { t } = useTranslation()
  const { section = 'profile' } = useParams({ strict: false })
  const Part = parts[section]
  const links = Object.keys(parts).map((name) => (
    <Link key={name} to="/account/$section/" params={{ section: name }}>
      {t(`account.${name}.title`)}
    </Link>
  ))
  return (
    <SideTabs label={t('nav.account')} links={links}>
      {Part ? <Part /> : <Text>{t('common.notFoundHint')}</Text>}
    </SideTabs>
  )
}
