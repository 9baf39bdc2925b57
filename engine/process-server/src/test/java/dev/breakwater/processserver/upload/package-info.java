/// Tests of the upload queue on its own.
@NullMarked
package dev.breakwater.processserver.upload;

import org.jspecify.annotations.NullMarked;
