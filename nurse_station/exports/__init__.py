"""A session for other tools: CSV, EDF+ and FHIR R4, whole or de-identified. Changes nothing."""
