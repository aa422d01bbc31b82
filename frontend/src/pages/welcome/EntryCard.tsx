import { Box, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '@/ui/Mark'
import classes from './EntryCard.module.css'

interface Props {
  title: string
  hint?: ReactNode
  children: ReactNode
}

/** The frame of the pages before there is a session. */
export const EntryCard = ({ title, hint, children }: Props) => {
  const { t } = useTranslation()
  return (
    <Box className={classes.page}>
      <aside className={classes.side}>
        <Mark size={44} />
        <Text className={classes.claim}>{t('auth.claim')}</Text>
        <Text size="sm" className={classes.note}>
          {t('auth.claimNote')}
        </Text>
      </aside>
      <main className={classes.main}>
        <Stack w="100%" maw={380} gap="md">
          <Box>
            <Title order={1}>{title}</Title>
            {hint && (
              <Text size="sm" c="dimmed" mt={4} component="div">
                {hint}
              </Text>
            )}
          </Box>
          {children}
        </Stack>
      </main>
    </Box>
  )
}
