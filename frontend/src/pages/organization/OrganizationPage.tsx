import { Text } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsAtLeast } from '@/api/queries/session'
import { Section } from '@/ui/Section'
import { SideTabs } from '@/ui/SideTabs'
import { TrashTable } from '../trash/TrashTable'
import { AuditPart } from './AuditPart'
import { InvitationsPart } from './InvitationsPart'
import { MembersPart } from './MembersPart'

const TrashPart = () => {
  const { t } = useTranslation()
  return (
    <Section title={t('organization.trash.title')} hint={t('organization.trash.hint')}>
      <TrashTable />
    </Section>
  )
}

const parts: Record<string, ComponentType> = {
  members: MembersPart,
  invitations: InvitationsPart,
  audit: AuditPart,
  trash: TrashPart,
}

/** The organization: people, invitations, what happened, and what was deleted. */
export const OrganizationPage = () => {
  const { t } = useTranslation()
  const { section = 'members' } = useParams({ strict: false })
  const administers = useIsAtLeast('administrator')
  const Part = parts[section]
  const links = Object.keys(parts)
    .filter((name) => name !== 'audit' || administers)
    .map((name) => (
      <Link key={name} to="/organization/$section/" params={{ section: name }}>
        {t(`organization.${name}.title`)}
      </Link>
    ))
  return (
    <SideTabs label={t('nav.organization')} links={links}>
      {Part ? <Part /> : <Text>{t('common.notFoundHint')}</Text>}
    </SideTabs>
  )
}
