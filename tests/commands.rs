//! What users and scripts rely on at the command line.
