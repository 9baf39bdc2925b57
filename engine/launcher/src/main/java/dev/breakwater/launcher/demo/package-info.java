/// The demonstration: a practice machine under load is protected, replicated, recovered and compared byte for
/// byte, with engine and mobility service as separate processes over mutual TLS. The steps stand in [Demo],
/// in order.
@NullMarked
package dev.breakwater.launcher.demo;

import org.jspecify.annotations.NullMarked;
