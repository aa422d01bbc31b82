import classes from './Face.module.css'

const COLORS = ['blue', 'cyan', 'grape', 'green', 'indigo', 'orange', 'pink', 'red', 'teal', 'violet'] as const

/** Returns the color that a name always has. */
export const colorOf = (name: string): (typeof COLORS)[number] => {
  const sum = [...name].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7)
  return COLORS[sum % COLORS.length] ?? 'blue'
}

/** Returns the first letters of the first and the last word of a name. */
export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  const letters = ends.map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}

/** A person as a small disc with initials, light enough to be drawn by the hundred. */
export const Face = ({ name }: { name: string }) => {
  const color = colorOf(name)
  return (
    <span
      className={classes.face}
      style={{ background: `var(--mantine-color-${color}-light)`, color: `var(--mantine-color-${color}-light-color)` }}
      role="img"
      aria-label={name}
      title={name}
    >
      {initialsOf(name)}
    </span>
  )
}
