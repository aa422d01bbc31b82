import type { FilterItem } from '@/api/queries/filters'
import type { Json } from '@/api/types'
import type { Changes } from '../data-manager/views/tableState'

const item = (column: string, operator: string, type: string, value: Json): FilterItem => ({
  filter: `filter:tasks:${column}`,
  operator,
  type,
  value,
})
const asking = (...items: FilterItem[]): { q: Changes } => ({ q: { f: { conjunction: 'and', items } } })

/** Returns the part of the address that shows the tasks behind a number. */
export const drill = {
  all: (): { q?: Changes } => ({}),
  labeled: () => asking(item('is_labeled', 'equal', 'Boolean', true)),
  remaining: () => asking(item('is_labeled', 'equal', 'Boolean', false)),
  skipped: () => asking(item('cancelled_annotations', 'greater', 'Number', 0)),
  groundTruth: () => asking(item('ground_truth', 'equal', 'Boolean', true)),
  predictions: () => asking(item('total_predictions', 'greater', 'Number', 0)),
  person: (user: number) => asking(item('annotators', 'contains', 'List', [user])),
  label: (control: string, label: string) => asking(item('labels', 'contains', 'Label', [{ label, control }])),
  day: (day: string) => {
    const from = new Date(`${day}T00:00:00`)
    const to = new Date(from)
    to.setDate(to.getDate() + 1)
    return asking(
      item('annotated_at', 'in', 'Datetime', {
        min: from.toISOString(),
        max: new Date(to.getTime() - 1).toISOString(),
      }),
    )
  },
}
