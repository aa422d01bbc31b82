/** What browsers call themselves; those that also claim to be another one come first. */
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrom(?:e|ium)\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]
const LONGEST = 60

const named = (agent: string, known: readonly [RegExp, string][]): string | null =>
  known.find(([pattern]) => pattern.test(agent))?.[1] ?? null

/** Returns browser and system as people call them, or what a program calls itself; null if it says nothing. */
export const browserOf = (agent: string): { browser: string; system: string | null } | null => {
  const browser = named(agent, BROWSERS) ?? agent.trim().slice(0, LONGEST)
  return browser === '' ? null : { browser, system: named(agent, SYSTEMS) }
}
