/** Returns the path to go to after logging in: a page of this site, never another one. */
export const safeNext = (next: string | undefined): string => {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/projects/'
  return new URL(next, 'http://local').origin === 'http://local' ? next : '/projects/'
}
