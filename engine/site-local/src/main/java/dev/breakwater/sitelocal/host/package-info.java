/// The programs and devices of this computer that the local site and the practice machine use: commands with a
/// deadline, loop devices, mounts.
@NullMarked
package dev.breakwater.sitelocal.host;

import org.jspecify.annotations.NullMarked;
