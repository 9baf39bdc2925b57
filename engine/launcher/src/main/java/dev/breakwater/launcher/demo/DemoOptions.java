package dev.breakwater.launcher.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the demonstration was asked to do.
///
/// @param sizeBytes size of the practice machine's disk
/// @param content what the practice machine serves
/// @param keep folder that keeps everything a stranger needs to check the result; a temporary one if null
/// @param azurite whether the vault lies in an emulated Azure instead of a folder
/// @param window whether the console is opened beside it
record DemoOptions(long sizeBytes, String content, @Nullable Path keep, boolean azurite, boolean window) {}
