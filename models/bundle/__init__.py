"""A model as one file, for machines that no network reaches: packing it, looking into it, unpacking it.

A bundle is a zip file with stored entries: `bundle.json`, then `model/manifest.json`, then the files the manifest
lists as `model/…`, licence texts among them. The same model packs to the same bytes everywhere.
"""

from models.bundle.layout import SUFFIX, Contents
from models.bundle.packing import pack
from models.bundle.unpacking import look_into, unpack

__all__ = ["SUFFIX", "Contents", "look_into", "pack", "unpack"]
