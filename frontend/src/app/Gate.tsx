import { Box, Skeleton, Stack } from '@mantine/core'
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { hasStatus, messageOf } from '@/api/errors'
import { useSession, useSetup } from '@/api/queries/session'
import { Frame } from './Frame'
import { Unreachable } from './Unreachable'

const Waiting = () => (
  <Box p="lg" aria-busy>
    <Stack maw={900} mx="auto" mt={60} gap="md">
      <Skeleton height={26} width={220} />
      <Skeleton height={90} />
      <Skeleton height={90} />
    </Stack>
  </Box>
)

/** The address is taken once: it changes while the log-in page loads. */
const ToLogin = ({ from }: { from: string }) => {
  const [next] = useState(from)
  return <Navigate to="/user/login/" search={{ next }} replace />
}

/** Lets people with a session through; sends the others to log in, or to the welcome page of a new server. */
export const Gate = () => {
  const session = useSession()
  const setup = useSetup(session.data === null)
  const href = useRouterState({ select: (state) => state.location.href })
  const failed = session.error ?? (setup.error && !hasStatus(setup.error, 404) ? setup.error : null)
  if (failed) return <Unreachable message={messageOf(failed)} onRetry={() => void session.refetch()} />
  if (session.data) {
    return (
      <Frame>
        <Outlet />
      </Frame>
    )
  }
  if (session.isPending || setup.isPending) return <Waiting />
  if (setup.data?.needs_owner) return <Navigate to="/welcome/" replace />
  return <ToLogin from={href} />
}
