"""Routes of organizations, members, invitations and session policy."""

from typing import Any, cast

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from postil.accounts import access, documents, ports, queries, shapes
from postil.accounts.access import actor, needs
from postil.accounts.actions import invitations, members, organizations
from postil.accounts.actions.organizations import OrganizationFields
from postil.accounts.models import Membership, Organization
from postil.accounts.permissions import Permission
from postil.accounts.ports import Contributions
from postil.accounts.schemas import InvitationIn, OrganizationPatch, RoleIn, SessionPolicyPatch
from postil.core.clock import iso
from postil.core.errors import Forbidden
from postil.infra.http import absolute, bool_param, paginate
from postil.infra.shapes import Page

router = Router(tags=["Organizations"])
SIGN_UP = "/user/signup/?token="


@router.get("/organizations/", operation_id="api_organizations_list")
@needs(Permission.ORGANIZATION_VIEW)
def list_organizations(request: HttpRequest) -> list[shapes.OrganizationBrief]:
    """The organization one belongs to."""
    return [documents.organization_brief(actor(request).organization)]


@router.post("/organizations/", operation_id="api_organizations_create")
@needs(Permission.ORGANIZATION_VIEW)
def create_organization(request: HttpRequest) -> shapes.Organization:
    """LS: always refused."""
    raise Forbidden("Creating organizations over the API is disabled on this instance")


@router.get("/organizations/{int:organization_id}/", operation_id="api_organizations_read")
@needs(Permission.ORGANIZATION_VIEW)
def get_organization(request: HttpRequest, organization_id: int) -> shapes.Organization:
    """The organization; its invitation and its people only for those who may see them."""
    who = actor(request)
    access.check_organization(who, organization_id)
    organization = who.organization
    people = list(queries.members_of(organization).values_list("user", flat=True))
    return documents.organization_full(
        organization,
        invite_token=invitations.standing_token(organization) if who.may(Permission.MEMBER_INVITE) else "",
        user_ids=people if who.may(Permission.MEMBER_VIEW) else [who.user.pk],
    )


@router.patch("/organizations/{int:organization_id}/", operation_id="api_organizations_partial_update")
@needs(Permission.ORGANIZATION_CHANGE)
def update_organization(request: HttpRequest, organization_id: int, payload: OrganizationPatch) -> shapes.Organization:
    """Change title, contact, and the role of new members."""
    who = actor(request)
    access.check_organization(who, organization_id)
    fields = cast("OrganizationFields", payload.dict(exclude_unset=True))
    organizations.update_organization(who=who, fields=fields)
    return get_organization(request, organization_id)


@router.get("/organizations/{int:organization_id}/memberships/", operation_id="api_organizations_memberships_list")
@needs(Permission.MEMBER_VIEW)
def list_members(request: HttpRequest, organization_id: int) -> Page[shapes.Member]:
    """Members in pages; past the last page an empty one, so that clients may go on until there are none."""
    who = actor(request)
    access.check_organization(who, organization_id)
    with_work = bool_param(request, "contributed_to_projects")

    def render(rows: list[Membership]) -> list[shapes.Member]:
        work = ports.contributions(organization_id, [row.user_id for row in rows]) if with_work else {}
        nothing = Contributions() if with_work else None
        return [documents.member(row, who.organization, work.get(row.user_id, nothing)) for row in rows]

    rows = queries.members_of(who.organization)
    return paginate(request, rows, render, default_size=20, empty_past_end=True)


MEMBER = "/organizations/{int:organization_id}/memberships/{int:user_id}/"


@router.get(MEMBER, operation_id="api_organizations_memberships_read")
@needs(Permission.ORGANIZATION_VIEW)
def get_member(request: HttpRequest, organization_id: int, user_id: int) -> shapes.MemberDetail:
    """One member with counts of their work."""
    membership = access.get_membership(actor(request), organization_id, user_id)
    return _detail(request, membership)


@router.patch(MEMBER, operation_id="api_organizations_memberships_partial_update")
@needs(Permission.MEMBER_CHANGE)
def change_role(request: HttpRequest, organization_id: int, user_id: int, payload: RoleIn) -> shapes.MemberDetail:
    """Give a member another role."""
    who = actor(request)
    membership = access.get_membership(who, organization_id, user_id)
    return _detail(request, members.change_role(who=who, membership=membership, role=payload.role))


@router.delete(MEMBER, response={204: None}, operation_id="api_organizations_memberships_delete")
@needs(Permission.MEMBER_REMOVE)
def remove_member(request: HttpRequest, organization_id: int, user_id: int) -> Status[Any]:
    """Take a member out of the organization."""
    who = actor(request)
    members.remove_member(who=who, membership=access.get_membership(who, organization_id, user_id))
    return Status(204, None)


def _detail(request: HttpRequest, membership: Membership) -> shapes.MemberDetail:
    work = ports.contributions(membership.organization_id, [membership.user_id])
    with_projects = bool_param(request, "contributed_to_projects")
    mine = work.get(membership.user_id, Contributions())
    return documents.member_detail(membership, mine, with_projects=with_projects)


@router.get("/invite/", operation_id="api_invite_list")
@needs(Permission.MEMBER_INVITE)
def standing_invitation(request: HttpRequest) -> shapes.StandingInvitation:
    """The standing link, which gives new members the default role."""
    return _standing(invitations.standing_token(actor(request).organization))


@router.post("/invite/reset-token/", response={201: Any}, operation_id="api_invite_reset_token_create")
@needs(Permission.MEMBER_INVITE)
def reset_standing_invitation(request: HttpRequest) -> Status[shapes.StandingInvitation]:
    """End the standing link and make another."""
    return Status(201, _standing(invitations.reset_standing_token(who=actor(request))))


def _standing(token: str) -> shapes.StandingInvitation:
    return {"token": token, "invite_url": SIGN_UP + token}


@router.get("/invitations/", operation_id="api_invitations_list")
@needs(Permission.MEMBER_INVITE)
def list_invitations(request: HttpRequest) -> list[shapes.Invitation]:
    """Invitations that nobody has used."""
    rows = queries.open_invitations(actor(request).organization)
    return [documents.invitation_json(row) for row in rows]


@router.post("/invitations/", response={201: Any}, operation_id="api_invitations_create")
@needs(Permission.MEMBER_INVITE)
def create_invitation(request: HttpRequest, payload: InvitationIn) -> Status[shapes.NewInvitation]:
    """Invite one person; the link is shown this once."""
    invitation, token = invitations.create_invitation(
        who=actor(request), role=payload.role, email=payload.email or "", expires_in_days=payload.expires_in_days
    )
    url = absolute(request, SIGN_UP + token)
    return Status(201, {**documents.invitation_json(invitation), "token": token, "url": url})


@router.delete("/invitations/{int:invitation_id}/", response={204: None}, operation_id="api_invitations_delete")
@needs(Permission.MEMBER_INVITE)
def delete_invitation(request: HttpRequest, invitation_id: int) -> Status[Any]:
    """Take an invitation back."""
    who = actor(request)
    invitations.delete_invitation(who=who, invitation=access.get_invitation(who, invitation_id))
    return Status(204, None)


@router.get("/session-policy/", operation_id="api_session_policy_read")
@needs(Permission.ACCOUNT)
def session_policy(request: HttpRequest) -> shapes.SessionPolicy:
    """How long sessions last, in minutes."""
    return _policy(actor(request).organization)


@router.patch("/session-policy/", operation_id="api_session_policy_partial_update")
@needs(Permission.ORGANIZATION_CHANGE)
def update_session_policy(request: HttpRequest, payload: SessionPolicyPatch) -> shapes.SessionPolicy:
    """Change how long sessions last."""
    return _policy(
        organizations.update_session_policy(
            who=actor(request),
            max_minutes=payload.max_session_age,
            idle_minutes=payload.max_time_between_activity,
        )
    )


def _policy(organization: Organization) -> shapes.SessionPolicy:
    return {
        "max_session_age": organization.session_max_minutes,
        "max_time_between_activity": organization.session_idle_minutes,
        "created_at": iso(organization.created_at),
        "updated_at": iso(organization.updated_at),
    }
