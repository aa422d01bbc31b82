/** Which tasks the label stream goes through, as the address says it. */
export const STREAMS = { all: 1, selected: 2, displayed: 3 } as const
