import { Button, Center, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Mark } from '@/ui/Mark'

/** No page has this address. */
export const NotFoundPage = () => {
  const { t } = useTranslation()
  return (
    <Center mih="70vh" p="lg">
      <Stack align="center" gap="sm" maw={440}>
        <Mark size={40} />
        <Title order={1}>{t('common.notFoundTitle')}</Title>
        <Text c="dimmed" ta="center">
          {t('common.notFoundHint')}
        </Text>
        <Button component="a" href="/projects/">
          {t('common.toProjects')}
        </Button>
      </Stack>
    </Center>
  )
}
