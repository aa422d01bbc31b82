import { useDebouncedValue } from '@mantine/hooks'

/** Returns `value` once it has stood still for a moment, for questions to the server. */
export const useDebounced = <T>(value: T, ms = 350): T => useDebouncedValue(value, ms)[0]
