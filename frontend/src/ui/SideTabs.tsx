import { Box } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './SideTabs.module.css'

interface Props {
  label: string
  links: ReactNode
  children: ReactNode
}

/** Links to the parts of a page beside the part that is open; above it where it is narrow. */
export const SideTabs = ({ label, links, children }: Props) => (
  <Box className={classes.layout}>
    <nav aria-label={label} className={classes.links}>
      {links}
    </nav>
    <Box className={classes.content}>{children}</Box>
  </Box>
)
