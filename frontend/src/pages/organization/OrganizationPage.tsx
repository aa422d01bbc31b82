import { Skeleton, Text } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsAtLeast } from '@/api/queries/session'
import { Section } from '@/ui/Section'
import { SideTabs } from '@/ui/SideTabs'
import { TrashTable } from '../trash/TrashTable'
import { AccessPart } from './AccessPart'
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

const WebhookList = lazy(async () => ({ default: (await import('../settings/webhooks/WebhookSettings')).WebhookList }))

const WebhooksPart = () => (
  <Suspense fallback={<Skeleton height={200} />}>
    <WebhookList project={null} />
  </Suspense>
)

const parts: Record<string, ComponentType> = {
  members: MembersPart,
  invitations: InvitationsPart,
  access: AccessPart,
  webhooks: WebhooksPart,
  audit: AuditPart,
  trash: TrashPart,
}

const forAdministrators: ReadonlySet<string> = new Set(['access', 'audit', 'webhooks'])

/** The organization: people, invitations, what happened, and what was deleted. */
export const OrganizationPage = () => {
  const { t } = useTranslation()
  const { section = 'members' } = useParams({ strict: false })
  const administers = useIsAtLeast('administrator')
  const Part = parts[section]
  const links = Object.keys(parts)
    .filter((name) => !forAdministrators.has(name) || administers)
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
