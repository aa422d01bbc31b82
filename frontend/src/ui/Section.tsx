import { Box, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  title: string
  hint?: ReactNode
  action?: ReactNode
  children: ReactNode
}

/** A titled block of a page. */
export const Section = ({ title, hint, action, children }: Props) => (
  <Box component="section" className="card" p="lg">
    <Group justify="space-between" align="flex-start" mb="md" wrap="nowrap">
      <Box>
        <Title order={2} size="h3">
          {title}
        </Title>
        {hint && (
          <Text size="xs" c="dimmed" mt={2} maw={640} component="div">
            {hint}
          </Text>
        )}
      </Box>
      {action && <Box style={{ flex: 'none' }}>{action}</Box>}
    </Group>
    {children}
  </Box>
)
