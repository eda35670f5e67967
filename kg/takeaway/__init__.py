"""The graph in the form of other tools: GraphML, Neo4j, Parquet and CSV on the Web, nanopublications.

Enters: a store's statements, as ``kg.projections.Nodes`` reads them, or a store. Leaves: a file, or a folder of files.
Every row can be counted against a SPARQL answer over the same store.
"""

from kg.takeaway.graphml import graphml
from kg.takeaway.nanopublication import nanopublications
from kg.takeaway.neo4j import neo4j_files
from kg.takeaway.tables import csv_files, parquet_files

__all__ = ["csv_files", "graphml", "nanopublications", "neo4j_files", "parquet_files"]
