import { configure } from '@testing-library/react'

/** What a test waits for may take long on a busy machine; nothing waits longer than it must. */
configure({ asyncUtilTimeout: 10_000 })
