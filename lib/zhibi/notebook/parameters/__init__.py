"""What a notebook declares, a YAML file says and the command line adds -> typed JSON values for one run."""

from zhibi.notebook.parameters.declared import UNSET, Parameter, ParameterKind, declared
from zhibi.notebook.parameters.file import GivenValue, from_file, from_options
from zhibi.notebook.parameters.settle import settle, values

__all__ = [
    "UNSET",
    "GivenValue",
    "Parameter",
    "ParameterKind",
    "declared",
    "from_file",
    "from_options",
    "settle",
    "values",
]
