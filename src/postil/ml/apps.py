"""Wires this package's event handlers, jobs and ports; nothing else."""

from django.apps import AppConfig


class MlConfig(AppConfig):
    name = "postil.ml"
    label = "ml"

    def ready(self) -> None:
        """Predict for tasks that are opened or chosen, and say which model servers are live."""
        from postil.infra.events import subscribe_inside
        from postil.infra.jobs import register
        from postil.infra.secrets import register_sealed
        from postil.ml import handlers, training
        from postil.ml.jobs import StartTraining
        from postil.ml.opening import predict_opened
        from postil.ml.predicting import predict_chosen, prepare
        from postil.projects.ports import LIVE_MODELS, LIVE_TITLES
        from postil.tasks.events import AnnotationCreated
        from postil.tasks.model_versions import LIVE
        from postil.tasks.ports import PORTS

        register_sealed("ml.MlBackend", "basic_auth_password")
        register_sealed("ml.MlBackend", "access_token")
        PORTS.predictors.append(predict_opened)
        PORTS.batch_predictors.append((prepare, predict_chosen))
        subscribe_inside(AnnotationCreated, training.count_annotation)
        register(StartTraining, training.start_training)
        LIVE_MODELS.append(handlers.live_names)
        LIVE_TITLES.append(handlers.live_titles)
        LIVE.append(handlers.live_backends)
