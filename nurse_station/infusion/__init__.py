"""The drug: orders, exact dose arithmetic, protocols, predicted concentration. Drives no pump; reads no clock."""
