/// A container of Azure Blob Storage as object store. The only place that knows the types of Azure's library.
@NullMarked
package dev.breakwater.vault.blob.azure;

import org.jspecify.annotations.NullMarked;
