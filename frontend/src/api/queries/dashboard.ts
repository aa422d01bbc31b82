import { useQuery } from '@tanstack/react-query'
import { get } from '../client'

export interface DashboardDay {
  day: string
  annotations: number
  skipped: number
  people: number
}

export interface DashboardPerson {
  user: number
  name: string
  annotations: number
  skipped: number
  seconds_mean: number | null
  per_hour: number | null
  last_at: string | null
}

export interface Dashboard {
  tasks: { total: number; labeled: number; remaining: number; annotated: number; skipped?: number }
  annotations: { total: number; skipped: number; ground_truth: number; predictions: number }
  people: DashboardPerson[]
  days: DashboardDay[]
  labels: { control: string; labels: { label: string; count: number }[] }[]
  forecast: { per_day: number; likely: string; early: string; late: string } | null
}

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
