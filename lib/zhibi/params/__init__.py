"""What a notebook declares, a YAML file says and the command line adds -> typed JSON values for one run."""

from zhibi.params.declared import UNSET, Kind, Parameter, declared
from zhibi.params.file import Given, from_file, from_options
from zhibi.params.settle import settle, values

__all__ = ["UNSET", "Given", "Kind", "Parameter", "declared", "from_file", "from_options", "settle", "values"]
