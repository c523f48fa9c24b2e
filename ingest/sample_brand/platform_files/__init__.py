"""The sample brand's business as the files that its platforms would give."""

from ingest.sample_brand.platform_files.writer import write_platform_files

__all__ = ["write_platform_files"]
