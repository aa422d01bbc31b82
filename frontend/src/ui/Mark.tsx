interface Props {
  size?: number
}

/** The product's mark: a margin line with a note beside it. */
export const Mark = ({ size = 26 }: Props) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="7" fill="#1b6a5a" />
    <path d="M9.5 6v20" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
    <path d="M13 7h7.5a4 4 0 0 1 4 4v3.2a4 4 0 0 1-4 4H17l-4 3.3z" fill="var(--postil-mark-note)" />
    <path d="M16.6 11h4.6M16.6 14.3h3" stroke="var(--postil-mark-ink)" strokeWidth="1.7" strokeLinecap="round" />
  </svg>
)
