"""Training by itself: after every so many annotations of a project, if it says so."""

from typing import Any

from postil.core.errors import PostilError
from postil.core.result import ItemError
from postil.infra.jobs import Run, enqueue
from postil.infra.prepared import PreparedRows, Slot
from postil.ml import protocol, queries
from postil.ml.jobs import StartTraining
from postil.ml.models import MlBackend
from postil.projects.documents import stored_project_json
from postil.projects.models import Project
from postil.tasks.events import AnnotationCreated

_TRAINED = PreparedRows[MlBackend](
    lambda: MlBackend.objects.filter(
        project_id=Slot("project"), project__min_annotations_to_start_training__gt=0
    ).select_related("project")
)


def count_annotation(event: AnnotationCreated) -> None:
    """Have the project's servers trained when the number of its annotations is the next one that it names."""
    backends = _TRAINED.all(project=event.project_id)
    if not backends:
        return
    project = backends[0].project
    if project.annotation_count and project.annotation_count % project.min_annotations_to_start_training == 0:
        enqueue(
            StartTraining(project.pk), who=None, organization_id=project.organization_id, project_id=project.pk,
            unit="servers",
        )  # fmt: skip


def start_training(spec: StartTraining, run: Run) -> dict[str, Any]:
    """Ask every server of a project to train; one that fails is noted."""
    project = Project.objects.get(pk=spec.project_id)
    backends, facts = list(queries.backends_of(project)), stored_project_json(project)
    started = 0
    for number, backend in enumerate(backends):
        run.progress(number, len(backends))
        try:
            job = protocol.start_training(backend, facts)
        except PostilError as problem:
            run.item_error(ItemError(backend.title, problem.detail))
        else:
            MlBackend.objects.filter(pk=backend.pk).update(last_job=job)
            started += 1
    return {"started": started}
