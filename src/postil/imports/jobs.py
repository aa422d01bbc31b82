"""Work that imports leave for later."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ImportTasks:
    """Bring tasks into a project: from uploads, a JSON body kept in a file, or an address.

    `token` names this one import, so that running it twice stores its tasks once. `owns_uploads`: the uploads came with
    this import and go with it when it fails. `replaces`: tasks that came from the uploads before are replaced.
    """

    token: str
    project_id: int
    organization_id: int
    user_id: int
    upload_ids: list[int] = field(default_factory=list)
    body_name: str = ""
    url: str = ""
    commit: bool = True
    return_task_ids: bool = False
    preannotated_from: list[str] = field(default_factory=list)
    files_as_tasks_list: bool = True
    owns_uploads: bool = True
    replaces: bool = False
