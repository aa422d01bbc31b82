"""Projects, tasks and results for tests."""

from typing import Any

from postil.accounts.access import actor_of
from postil.accounts.models import User
from postil.projects.actions import add_member, create_project
from postil.projects.models import Project
from postil.tasks.actions import create_task
from postil.tasks.models import Task

CONFIG = (
    '<View><Text name="text" value="$text"/>'
    '<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>'
    '<Rating name="stars" toName="text"/></View>'
)


def choice(word: str = "good", region_id: str = "r1") -> list[dict[str, Any]]:
    """Return a result with one choice."""
    return [{"id": region_id, "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": [word]}}]


def make_project(by: User, *, members: tuple[User, ...] = (), **fields: Any) -> Project:
    """Return a project of `by` in which `members` work."""
    who = actor_of(by)
    project = create_project(who=who, fields={"title": "Reviews", "label_config": CONFIG, **fields})  # type: ignore[typeddict-item]  # tests name the fields
    for user in members:
        add_member(who=who, project=project, user_id=user.pk)
    return project


def make_task(project: Project, text: str = "hello", **fields: Any) -> Task:
    """Return a task of the project."""
    assert project.created_by is not None
    return create_task(project=project, who=actor_of(project.created_by), fields={"data": {"text": text}, **fields})  # type: ignore[typeddict-item]  # tests name the fields
