import { Button, Center, Code, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { Mark } from '@/ui/Mark'

/** The last resort: what failed and how to go on. */
export const BrokenPage = ({ error }: { error: unknown }) => {
  const { t } = useTranslation()
  return (
    <Center mih="70vh" p="lg" role="alert">
      <Stack align="center" maw={560} gap="sm">
        <Mark size={40} />
        <Title order={1}>{t('common.brokenTitle')}</Title>
        <Text c="dimmed" ta="center">
          {t('common.brokenHint')}
        </Text>
        <Code block w="100%" style={{ whiteSpace: 'pre-wrap' }}>
          {messageOf(error)}
        </Code>
        <Group gap="xs">
          <Button onClick={() => window.location.reload()}>{t('common.reload')}</Button>
          <Button variant="default" component="a" href="/projects/">
            {t('common.toProjects')}
          </Button>
        </Group>
      </Stack>
    </Center>
  )
}
