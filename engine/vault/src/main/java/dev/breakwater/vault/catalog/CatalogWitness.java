package dev.breakwater.vault.catalog;

/// How far the audit log of a configuration server went when it was last looked at.
///
/// @param number of its newest record
/// @param hash of that record, hex
/// @param timeMillis when that was, epoch milliseconds
public record CatalogWitness(long number, String hash, long timeMillis) {}
