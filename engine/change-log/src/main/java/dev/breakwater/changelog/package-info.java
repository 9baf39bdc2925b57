/// Change logs: files in the published [MS-HRL] version 2 format that hold the writes made to one disk, in order. Our
/// reader reads logs of others, and others can read ours; where the format leaves a choice, `FORMAT.md` of this module
/// says what we chose.
@NullMarked
package dev.breakwater.changelog;

import org.jspecify.annotations.NullMarked;
