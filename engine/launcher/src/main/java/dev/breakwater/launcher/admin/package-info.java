/// The commands that ask a running engine, over its HTTPS port, with an administrator's certificate.
@NullMarked
package dev.breakwater.launcher.admin;

import org.jspecify.annotations.NullMarked;
