import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createQueryClient } from '@/api/queryClient'
import { Providers } from './providers'
import { createAppRouter } from './router'

/** The whole application. */
export const App = () => {
  const [client] = useState(createQueryClient)
  const [router] = useState(createAppRouter)
  return (
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>
  )
}
