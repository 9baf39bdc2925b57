/// Benchmarks that run the programs as they are used: separate processes, mutual TLS, a real vault.
@NullMarked
package dev.breakwater.launcher.bench;

import org.jspecify.annotations.NullMarked;
