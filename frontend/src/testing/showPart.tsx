import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { setTransport } from '@/api/client'
import { createQueryClient } from '@/api/queryClient'

/** A request that a part of a page made. */
export interface Asked {
  method: string
  path: string
  body: unknown
}

/** What is answered: a body, or a status with a body. */
export type Answers = (asked: Asked) => unknown

/** Stands for an answer other than 200. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

/** Shows a part of a page whose server answers as told; returns what was asked, and the way back. */
export const showPart = (part: ReactNode, answers: Answers) => {
  const asked: Asked[] = []
  const leave = setTransport({
    cookie: () => 'csrftoken=a',
    fetch: async (path, init) => {
      const seen = {
        method: init.method ?? 'GET',
        path,
        body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
      }
      asked.push(seen)
      const answer = answers(seen)
      if (answer instanceof Refusal) return new Response(JSON.stringify(answer.body), { status: answer.status })
      return new Response(JSON.stringify(answer ?? null))
    },
  })
  render(
    <QueryClientProvider client={createQueryClient()}>
      <MantineProvider env="test">{part}</MantineProvider>
    </QueryClientProvider>,
  )
  return { asked, leave }
}
