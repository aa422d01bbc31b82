import { useQuery } from '@tanstack/react-query'
import { get } from '../client'
import type { Shape } from '../types'

export type Dashboard = Shape<'Dashboard'>
export type DashboardDay = Shape<'DayNumbers'>
export type DashboardPerson = Shape<'PersonNumbers'>

export const useDashboard = (project: number, days: number) =>
  useQuery({
    queryKey: ['dashboard', project, days],
    queryFn: () =>
      get<Dashboard>(`/api/projects/${project}/dashboard/`, {
        days,
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    staleTime: 30_000,
  })
