import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorBoundary } from './ErrorBoundary'
import { theme } from './theme'

interface Props {
  client: QueryClient
  children: ReactNode
}

/** What every page may count on: look, messages and the cache of server data. */
export const Providers = ({ client, children }: Props) => (
  <MantineProvider theme={theme} defaultColorScheme="auto">
    <QueryClientProvider client={client}>
      <Notifications position="bottom-right" limit={4} />
      <ErrorBoundary>{children}</ErrorBoundary>
    </QueryClientProvider>
  </MantineProvider>
)
