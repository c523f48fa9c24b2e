"""The sample brand: a whole invented brand, generated from a seed."""

from ingest.sample_brand.generator import Outcome, generate
from ingest.sample_brand.options import Options, SampleBrandError

__all__ = ["Options", "Outcome", "SampleBrandError", "generate"]
