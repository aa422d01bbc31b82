"""All routes of people, organizations and keys."""

from ninja import Router

from postil.accounts import audit_api, organizations_api, sessions_api, tokens_api, users_api

router = Router()
for part in (sessions_api.router, users_api.router, organizations_api.router, tokens_api.router, audit_api.router):
    for path, view in part.path_operations.items():
        for operation in view.operations:
            operation.tags = part.tags
        router.path_operations[path] = view
