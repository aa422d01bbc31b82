import { useTranslation } from 'react-i18next'

/** Returns the function that gives the editor's texts. */
export const useText = () => useTranslation('editor').t
