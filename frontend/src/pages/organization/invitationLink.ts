import type { Invitation } from '@/api/types'

/** Returns the full address to hand to the invited person. */
export const invitationLink = (invitation: Invitation, origin: string): string =>
  new URL(invitation.url ?? `/user/signup/?token=${encodeURIComponent(invitation.token ?? '')}`, origin).href
