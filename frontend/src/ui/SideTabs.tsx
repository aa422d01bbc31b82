import { Box } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './SideTabs.module.css'

interface Props {
  label: string
  links: ReactNode
  children: ReactNode
}

/** Links to the parts of a page beside the part that is open; above it where it is narrow. */
export const SideTabs = ({ label, links, children }: Props) => {
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    // Only sideways, and only where the bar scrolls at all: the page itself stays where it is.
    const open = bar.current?.querySelector<HTMLElement>('[aria-current="page"]')
    if (bar.current && open) bar.current.scrollLeft = open.offsetLeft - bar.current.offsetLeft - open.offsetWidth / 2
  }, [])
  return (
    <Box className={classes.layout}>
      <nav aria-label={label} className={classes.links} ref={bar}>
        {links}
      </nav>
      <Box className={classes.content}>{children}</Box>
    </Box>
  )
}
