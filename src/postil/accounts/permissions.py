"""What a person may do, and the least role that may do it."""

from enum import StrEnum

from postil.accounts.enums import Role


class Permission(StrEnum):
    """Rights by name; the names of `whoami.permissions`."""

    ACCOUNT = "account.self"
    ORGANIZATION_VIEW = "organizations.view"
    PROJECT_VIEW = "projects.view"
    TASK_VIEW = "tasks.view"
    ANNOTATION_CREATE = "annotations.create"
    ANNOTATION_VIEW = "annotations.view"
    PREDICTION_VIEW = "predictions.view"
    VIEW_VIEW = "views.view"
    LABEL_VIEW = "labels.view"
    JOB_VIEW = "jobs.view"

    ANNOTATION_VIEW_ALL = "annotations.view_all"
    ANNOTATION_CHANGE_ALL = "annotations.change"

    PROJECT_CREATE = "projects.create"
    PROJECT_CHANGE = "projects.change"
    PROJECT_DELETE = "projects.delete"
    TASK_CREATE = "tasks.create"
    TASK_CHANGE = "tasks.change"
    TASK_DELETE = "tasks.delete"
    ANNOTATION_DELETE_ALL = "annotations.delete"
    PREDICTION_CHANGE = "predictions.any"
    IMPORT = "projects.import"
    EXPORT = "projects.export"
    VIEW_CHANGE = "views.change"
    LABEL_CHANGE = "labels.change"
    MEMBER_VIEW = "members.view"
    MEMBER_INVITE = "organizations.invite"
    TRASH = "trash.restore"
    STORAGE_CHANGE = "storages.change"
    MODEL_CHANGE = "models.change"
    WEBHOOK_CHANGE = "webhooks.change"

    MEMBER_CHANGE = "members.change"
    ORGANIZATION_CHANGE = "organizations.change"
    AUDIT_VIEW = "audit.view"
    USER_CHANGE = "users.change"
    MEMBER_REMOVE = "members.remove"

    USER_DELETE = "users.delete"


LEAST_ROLE: dict[Permission, Role] = {
    Permission.ACCOUNT: Role.ANNOTATOR,
    Permission.ORGANIZATION_VIEW: Role.ANNOTATOR,
    Permission.PROJECT_VIEW: Role.ANNOTATOR,
    Permission.TASK_VIEW: Role.ANNOTATOR,
    Permission.ANNOTATION_CREATE: Role.ANNOTATOR,
    Permission.ANNOTATION_VIEW: Role.ANNOTATOR,
    Permission.PREDICTION_VIEW: Role.ANNOTATOR,
    Permission.VIEW_VIEW: Role.ANNOTATOR,
    Permission.LABEL_VIEW: Role.ANNOTATOR,
    Permission.JOB_VIEW: Role.ANNOTATOR,
    Permission.ANNOTATION_VIEW_ALL: Role.REVIEWER,
    Permission.ANNOTATION_CHANGE_ALL: Role.REVIEWER,
    Permission.PROJECT_CREATE: Role.MANAGER,
    Permission.PROJECT_CHANGE: Role.MANAGER,
    Permission.PROJECT_DELETE: Role.MANAGER,
    Permission.TASK_CREATE: Role.MANAGER,
    Permission.TASK_CHANGE: Role.MANAGER,
    Permission.TASK_DELETE: Role.MANAGER,
    Permission.ANNOTATION_DELETE_ALL: Role.MANAGER,
    Permission.PREDICTION_CHANGE: Role.MANAGER,
    Permission.IMPORT: Role.MANAGER,
    Permission.EXPORT: Role.MANAGER,
    Permission.VIEW_CHANGE: Role.MANAGER,
    Permission.LABEL_CHANGE: Role.MANAGER,
    Permission.MEMBER_VIEW: Role.MANAGER,
    Permission.MEMBER_INVITE: Role.MANAGER,
    Permission.TRASH: Role.MANAGER,
    Permission.STORAGE_CHANGE: Role.MANAGER,
    Permission.MODEL_CHANGE: Role.MANAGER,
    Permission.WEBHOOK_CHANGE: Role.MANAGER,
    Permission.MEMBER_CHANGE: Role.ADMINISTRATOR,
    Permission.ORGANIZATION_CHANGE: Role.ADMINISTRATOR,
    Permission.AUDIT_VIEW: Role.ADMINISTRATOR,
    Permission.USER_CHANGE: Role.ADMINISTRATOR,
    Permission.USER_DELETE: Role.OWNER,
    Permission.MEMBER_REMOVE: Role.ADMINISTRATOR,
}


def may(role: Role, permission: Permission) -> bool:
    """Whether somebody with this role has this right."""
    return role.covers(LEAST_ROLE[permission])


def permissions_of(role: Role) -> list[str]:
    """Return the names of all rights of a role."""
    return [permission.value for permission in Permission if may(role, permission)]
