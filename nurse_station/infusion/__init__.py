"""The drug: orders, exact arithmetic, protocols, predicted concentration. Drives no pump; reads no clock."""
