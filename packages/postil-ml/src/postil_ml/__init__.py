"""Kit for model servers: predict labels, and learn from what people answer.

class Mine(Model):
    def setup(self):
        self.control = find_control(self.label_config, "Choices")

    def predict(self, tasks, context):
        return [Prediction([choices(self.control, self.control.labels[0])], score=0.5) for _ in tasks]
"""

from postil_ml.config import BadConfigError, Control, controls_of, find_control
from postil_ml.files import UnreadableFileError, read_file
from postil_ml.model import Event, Introduction, Model, Prediction, write_whole
from postil_ml.results import box, choices, chosen_in, result, span
from postil_ml.server import Login, create_app

__version__ = "0.1.0"
__all__ = [
    "BadConfigError",
    "Control",
    "Event",
    "Introduction",
    "Login",
    "Model",
    "Prediction",
    "UnreadableFileError",
    "box",
    "choices",
    "chosen_in",
    "controls_of",
    "create_app",
    "find_control",
    "read_file",
    "result",
    "span",
    "write_whole",
]
