"""The shapes, evaluated constraint by constraint over all nodes at once; the report is the one that pySHACL gives.

Enters: data and shapes. Leaves: a graph with one sh:ValidationReport. The shapes are compiled once to operations on an
index of the data, each as the SHACL specification defines its constraint component. What is not compiled, be it a
constraint that is not known here or a shape that is malformed, goes to pySHACL, so that no constraint is passed over;
so does data on which a comparison has no answer. pySHACL stays the reference: the tests compare the two engines.
"""

from kg.gate.setwise.evaluation import compile_shapes as compile_shapes
from kg.gate.setwise.evaluation import run_setwise as run_setwise
