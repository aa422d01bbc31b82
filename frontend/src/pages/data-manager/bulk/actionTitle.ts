import type { BulkAction } from '@/api/queries/actions'

/** Returns an action's title as a sentence begins: the API capitalizes every word. */
export const actionTitle = ({ title }: Pick<BulkAction, 'title'>): string =>
  title.charAt(0) +
  title
    .slice(1)
    .replace(/ ([A-Z])([a-z])/g, (_found, first: string, second: string) => ` ${first.toLowerCase()}${second}`)
