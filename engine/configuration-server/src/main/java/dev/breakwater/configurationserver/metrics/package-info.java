/// The figures of a whole site for a monitoring system: of the configuration server, of the process servers
/// and machines that report to it.
@NullMarked
package dev.breakwater.configurationserver.metrics;

import org.jspecify.annotations.NullMarked;
