import { QueryClient } from '@tanstack/react-query'

/** Returns the cache of server data. Requests repeat themselves in the client, so the cache does not. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  })
