import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Group,
  NumberInput,
  Select,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useChangeInvitations, useInvitations } from '@/api/queries/organization'
import { isAtLeast, roles, useUser } from '@/api/queries/session'
import { useApiForm } from '@/api/useApiForm'
import { CopyField } from '@/ui/CopyField'
import { Failure } from '@/ui/Failure'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'
import { invitationLink } from './invitationLink'

/** Makes invitation links and lists those still open. */
export const InvitationsPart = () => {
  const { t } = useTranslation()
  const user = useUser()
  const invitations = useInvitations()
  const { create, revoke } = useChangeInvitations()
  const [link, setLink] = useState<string | null>(null)
  const given = roles.filter((role) => role !== 'owner' && isAtLeast(user.role, role))
  const form = useApiForm({ role: 'annotator', email: '', expires_in_days: 7 }, async (values) => {
    const role = given.find((known) => known === values.role) ?? 'annotator'
    const made = await create.mutateAsync({
      role,
      expires_in_days: values.expires_in_days,
      ...(values.email ? { email: values.email } : {}),
    })
    setLink(invitationLink(made, window.location.origin))
  })
  return (
    <>
      <Section title={t('organization.invitations.new')} hint={t('organization.invitations.hint')}>
        <form onSubmit={(event) => void form.submit(event)} noValidate>
          <Stack gap="sm">
            {form.message && <Failure message={form.message} />}
            <Group align="flex-end" gap="sm">
              <Select
                label={t('organization.members.role')}
                w={170}
                data={given.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
                value={form.values.role}
                error={form.errors.role}
                onChange={(role) => form.set('role', role ?? 'annotator')}
              />
              <TextInput
                label={t('organization.invitations.email')}
                placeholder={t('organization.invitations.anyone')}
                type="email"
                w={240}
                value={form.values.email}
                error={form.errors.email}
                onChange={(event) => form.set('email', event.currentTarget.value)}
              />
              <NumberInput
                label={t('organization.invitations.days')}
                size="sm"
                w={120}
                min={1}
                max={365}
                value={form.values.expires_in_days}
                error={form.errors.expires_in_days}
                onChange={(days) => form.set('expires_in_days', Number(days) || 7)}
              />
              <Button type="submit" size="sm" loading={form.isSending}>
                {t('organization.invitations.create')}
              </Button>
            </Group>
            <Text size="xs" c="dimmed">
              {t(`roleHints.${form.values.role}`)}
            </Text>
            {link && (
              <Alert color="verdigris" title={t('organization.invitations.made')}>
                <CopyField
                  label={t('organization.invitations.link')}
                  value={link}
                  description={t('common.shownOnce')}
                />
              </Alert>
            )}
          </Stack>
        </form>
      </Section>
      <Section title={t('organization.invitations.open')}>
        {invitations.error && (
          <Failure message={messageOf(invitations.error)} onRetry={() => void invitations.refetch()} />
        )}
        {invitations.isPending && <Skeleton height={80} />}
        {invitations.data?.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('organization.invitations.none')}
          </Text>
        )}
        <Table className="dense-table" verticalSpacing={5}>
          <Table.Tbody>
            {invitations.data?.map((invitation) => (
              <Table.Tr key={invitation.id}>
                <Table.Td>{invitation.email || t('organization.invitations.anyone')}</Table.Td>
                <Table.Td>
                  <Badge variant="light" tt="none">
                    {t(`roles.${invitation.role}`)}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  <Text size="xs" c="dimmed">
                    {t('organization.invitations.ends')} <RelativeTime at={invitation.expires_at} />
                  </Text>
                </Table.Td>
                <Table.Td ta="right">
                  <Tooltip label={t('organization.invitations.revoke')}>
                    <ActionIcon
                      aria-label={t('organization.invitations.revoke')}
                      onClick={() => revoke.mutate(invitation.id, { onError: (error) => sayFailed(messageOf(error)) })}
                    >
                      <IconTrash size={16} stroke={1.6} />
                    </ActionIcon>
                  </Tooltip>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
    </>
  )
}
