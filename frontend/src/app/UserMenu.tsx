import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconBuilding, IconKey, IconKeyboard, IconLogout, IconPalette, IconUser } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsAtLeast, useLogOut, useUser } from '@/api/queries/session'
import { fetchTokenCount } from '@/api/queries/tokens'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { nameOf } from '@/ui/nameOf'

const sections = [
  { section: 'profile', icon: IconUser },
  { section: 'tokens', icon: IconKey },
  { section: 'hotkeys', icon: IconKeyboard },
  { section: 'appearance', icon: IconPalette },
] as const

/** What belongs to the person at the screen. */
export const UserMenu = () => {
  const { t } = useTranslation()
  const user = useUser()
  const initials = user.initials || nameOf(user).slice(0, 2).toUpperCase()
  const logOut = useLogOut()
  const navigate = useNavigate()
  const managesPeople = useIsAtLeast('manager')
  const [ending, setEnding] = useState<number | null>(null)
  const leave = async () => {
    await logOut.mutateAsync()
    await navigate({ to: '/user/login/' })
  }
  const ask = async () => {
    const tokens = await fetchTokenCount().catch(() => 0)
    if (tokens > 0) setEnding(tokens)
    else await leave()
  }
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <UnstyledButton aria-label={t('nav.userMenu', { initials, name: nameOf(user) })}>
            <Avatar size={30} color="verdigris" src={user.avatar} alt="" aria-hidden>
              {initials}
            </Avatar>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={600} c="var(--postil-ink)" className="ellipsis">
              {nameOf(user)}
            </Text>
            <Text size="xs" c="dimmed" className="ellipsis">
              {user.email} · {t(`roles.${user.role}`)}
            </Text>
          </Menu.Label>
          <Menu.Divider />
          {sections.map(({ section, icon: Icon }) => (
            <Menu.Item
              key={section}
              component={Link}
              to={`/account/${section}/`}
              leftSection={<Icon size={16} stroke={1.6} />}
            >
              {t(`account.${section}.title`)}
            </Menu.Item>
          ))}
          {managesPeople && (
            <Menu.Item
              component={Link}
              to="/organization/members/"
              leftSection={<IconBuilding size={16} stroke={1.6} />}
            >
              {t('nav.organization')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void ask()}>
            {t('nav.logOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={ending !== null}
        title={t('nav.logOut')}
        confirmLabel={t('nav.logOut')}
        cancelLabel={t('nav.stay')}
        onConfirm={leave}
        onClose={() => setEnding(null)}
      >
        {t('nav.logOutTokens', { count: ending ?? 0 })}
      </ConfirmDialog>
    </>
  )
}
