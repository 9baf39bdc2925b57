/// The catalog: sealed documents by kind and id, in which a vault describes itself, so that a fresh
/// installation with the recovery key knows the machines, their disks and the policies.
@NullMarked
package dev.breakwater.vault.catalog;

import org.jspecify.annotations.NullMarked;
