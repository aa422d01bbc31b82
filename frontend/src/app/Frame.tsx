import { Box } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CommandPalette } from './CommandPalette'
import classes from './Frame.module.css'
import { TopBar } from './TopBar'

/** The bar above and the page below. */
export const Frame = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation()
  return (
    <Box className={classes.frame}>
      <a href="#content" className="skip-link">
        {t('common.skipToContent')}
      </a>
      <TopBar />
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <CommandPalette />
    </Box>
  )
}
