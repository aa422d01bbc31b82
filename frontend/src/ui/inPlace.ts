/** For choices inside a popover: a list elsewhere in the page would count as a click outside, and close it. */
export const inPlace = { withinPortal: false } as const
