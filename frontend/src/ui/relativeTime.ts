const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** Makes something once for each language: formats are slow to make, and tables need hundreds. */
const perLanguage = <Made>(make: (language: string) => Made): ((language: string) => Made) => {
  const made = new Map<string, Made>()
  return (language) => {
    const known = made.get(language) ?? make(language)
    made.set(language, known)
    return known
  }
}

const relative = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
const exact = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }))

/** Returns date and time to the second. */
export const exactTime = (at: Date, language: string): string => exact(language).format(at)

/** Returns "3 minutes ago", "in 2 days" or "now". */
export const relativeTime = (at: Date, now: Date, language: string): string => {
  const seconds = (at.getTime() - now.getTime()) / 1000
  const format = relative(language)
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size)
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'second')
}
