import { createTheme, type MantineColorsTuple } from '@mantine/core'

const verdigris: MantineColorsTuple = [
  '#e9f6f3',
  '#d2ebe5',
  '#a6d7cb',
  '#7fcab8',
  '#5fb8a3',
  '#38977f',
  '#23806d',
  '#1b6a5a',
  '#145447',
  '#0c3f35',
]

const rubric: MantineColorsTuple = [
  '#fbeae5',
  '#f6d3ca',
  '#efb0a1',
  '#f0907c',
  '#dc6d56',
  '#c9523a',
  '#b8432e',
  '#a83a27',
  '#862c1c',
  '#662013',
]

const gray: MantineColorsTuple = [
  '#f8f7f3',
  '#f1efe9',
  '#e7e4dc',
  '#d9d5ca',
  '#c2bdb0',
  '#8f8a7c',
  '#5f656a',
  '#454c51',
  '#2f363a',
  '#1c2326',
]

const dark: MantineColorsTuple = [
  '#e6e8e8',
  '#c5cbcd',
  '#a0aaae',
  '#78848a',
  '#3a4348',
  '#2d3438',
  '#232a2e',
  '#1c2124',
  '#15191b',
  '#101315',
]

/** The look of every Mantine component. */
export const theme = createTheme({
  colors: { verdigris, rubric, red: rubric, gray, dark },
  primaryColor: 'verdigris',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "'Inter', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SFMono-Regular', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13.5px', md: '15px', lg: '17px', xl: '20px' },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '24px' }, h2: { fontSize: '18px' }, h3: { fontSize: '15.5px' }, h4: { fontSize: '14px' } },
  },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Modal: { defaultProps: { centered: true, overlayProps: { opacity: 0.4 } } },
  },
})
