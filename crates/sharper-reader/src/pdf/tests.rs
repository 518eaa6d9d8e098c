//! Tests of reading PDF.
