"""What projects do when something happened to people."""

from postil.accounts.events import MemberRemoved
from postil.projects.models import ProjectMember


def leave_projects(event: MemberRemoved) -> None:
    """Take a person who left the organization out of its projects, so that coming back does not open them again."""
    members = ProjectMember.objects.filter(user_id=event.user_id, project__organization_id=event.organization_id)
    members.delete()
