/// A vault: a point-in-time block store on immutable objects, in a folder or in Azure Blob Storage. FORMAT.md
/// of this module describes its objects. This package opens and creates vaults; the packages below it hold
/// the parts, from the object store ([dev.breakwater.vault.blob]) up.
@NullMarked
package dev.breakwater.vault;

import org.jspecify.annotations.NullMarked;
