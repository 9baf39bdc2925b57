package dev.breakwater.vault.blob;

/// An entry of a listing.
///
/// @param name the object's name
/// @param size its length in bytes
public record ObjectInfo(String name, long size) {}
