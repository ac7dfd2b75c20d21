"""A reading for people's eyes: in the terminal, and as one self-contained page."""

# The lowest score at which nine of ten statements shown are right by the `attr` row of the shared scorer,
# found on the fold of train on which scores are fitted (training/calibrate.py prints it), checked on dev.
EYES = 0.79
