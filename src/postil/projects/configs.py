"""Label configs of projects: what may be saved, what a change breaks, and the versions that stay."""

import nh3
from django.db.models import Max

from postil.accounts.models import User
from postil.core.errors import Invalid
from postil.labeling.checker import check_config
from postil.labeling.compatibility import Break, check_compatible
from postil.labeling.config import LabelConfig, parse_config
from postil.labeling.derived import control_weights, essential_data_changed, parsed_label_config
from postil.labeling.problems import Problem
from postil.projects.models import EMPTY_CONFIG, LabelConfigVersion, Project
from postil.projects.ports import PORTS

INSTRUCTION_TAGS = nh3.ALLOWED_TAGS | {"u", "s", "mark", "figure", "figcaption"}


def stored_config(project: Project) -> LabelConfig:
    """Return the parsed config of a project; parsing is remembered by text."""
    return parse_config(project.label_config or EMPTY_CONFIG)


def check_savable(label_config: str) -> LabelConfig:
    """Return the parsed config; raises `Invalid` under `label_config` with every error and its place."""
    found = check_config(label_config)
    if found.config is None or found.errors:
        raise Invalid(fields={"label_config": [_told(problem) for problem in found.errors]})
    return found.config


def _told(problem: Problem) -> str:
    return f"{problem.message} (line {problem.line}, column {problem.column})" if problem.line else problem.message


def breaks_of(project: Project, config: LabelConfig) -> list[Break]:
    """Return what existing annotations and drafts would lose under `config`."""
    used = PORTS.answers_in_use(project)
    return check_compatible(config, triples=used.triples, labels=used.labels, old=stored_config(project))


def check_change(project: Project, config: LabelConfig, *, strict: bool) -> None:
    """Raise `Invalid` if annotations would lose their control; `strict` also refuses lost labels.

    LS: saving accepts that labels in use vanish, only the validate address refuses it.
    """
    broken = [item for item in breaks_of(project, config) if strict or item.kind == "links"]
    if broken:
        raise Invalid(fields={"label_config": [item.message for item in broken]})


def has_essential_change(project: Project, config: LabelConfig) -> bool:
    """Whether controls, labels or data keys differ from the stored config."""
    return essential_data_changed(stored_config(project), config)


def set_config(project: Project, label_config: str, config: LabelConfig, *, author: User | None) -> None:
    """Give the project a config as a new version. The caller saves the project; must run in a transaction."""
    last = LabelConfigVersion.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
    project.label_config = label_config
    project.parsed_label_config = parsed_label_config(config)
    project.control_weights = control_weights(config)
    project.config_version = LabelConfigVersion.objects.create(
        project=project, number=last + 1, label_config=label_config, created_by=author
    )


def clean_instruction(html: str) -> str:
    """Return instructions with nothing but harmless mark-up."""
    return nh3.clean(
        html, tags=set(INSTRUCTION_TAGS), url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer"
    )
