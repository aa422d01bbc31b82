import { ActionIcon, Box, Group, Kbd, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useIsAtLeast } from '@/api/queries/session'
import { Mark } from '@/ui/Mark'
import classes from './Frame.module.css'
import { SchemeSwitch } from './SchemeSwitch'
import { UserMenu } from './UserMenu'

/** The bar that stays: home, main places, search, look and person. */
export const TopBar = () => {
  const { t } = useTranslation()
  const managesPeople = useIsAtLeast('manager')
  return (
    <header className={classes.bar}>
      <Link to="/projects/" className={classes.brand} aria-label={t('nav.home')}>
        <Mark />
        <Box component="span" visibleFrom="xs">
          Postil
        </Box>
      </Link>
      <nav className={classes.links} aria-label={t('nav.main')}>
        <Link to="/projects/">{t('nav.projects')}</Link>
        {managesPeople && (
          <Box component="span" visibleFrom="xs" className={classes.linkHolder}>
            <Link to="/organization/$section/" params={{ section: 'members' }}>
              {t('nav.organization')}
            </Link>
          </Box>
        )}
      </nav>
      <Box flex={1} />
      <UnstyledButton className={classes.search} onClick={() => spotlight.open()} visibleFrom="sm">
        <IconSearch size={15} aria-hidden />
        {t('nav.search')}
        <Kbd size="xs">Ctrl K</Kbd>
      </UnstyledButton>
      <Group gap={4} wrap="nowrap">
        <ActionIcon hiddenFrom="sm" size="lg" onClick={() => spotlight.open()} aria-label={t('nav.search')}>
          <IconSearch size={18} />
        </ActionIcon>
        <SchemeSwitch />
        <UserMenu />
      </Group>
    </header>
  )
}
