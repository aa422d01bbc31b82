import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { startTexts } from './i18n'
import { startLanguage } from './i18n/languages'

startTexts()
const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element.')
const draw = () =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
void startLanguage().then(draw)
