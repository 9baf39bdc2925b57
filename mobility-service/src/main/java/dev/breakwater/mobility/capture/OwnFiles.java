package dev.breakwater.mobility.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Files that this program preallocated for itself on captured disks, all in one file system: their blocks are neither
/// tracked nor sent, and what is stored of them is undefined (zeros, or what was there before). Called while points are
/// taken, from the capture's thread.
public interface OwnFiles {

    /// No files.
    OwnFiles NONE = new OwnFiles() {
        @Override
        public List<Path> list() {
            return List.of();
        }

        @Override
        public String remark(long leftOutBytes) {
            return "";
        }
    };

    /// The files as they are now.
    ///
    /// @throws IOException if they cannot be listed
    List<Path> list() throws IOException;

    /// What an administrator should know.
    ///
    /// @param leftOutBytes bytes of captured disks that are left out for them
    /// @return empty for nothing
    String remark(long leftOutBytes);
}
