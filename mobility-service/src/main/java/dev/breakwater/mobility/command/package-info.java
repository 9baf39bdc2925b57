/// The command line of the mobility service.
@NullMarked
package dev.breakwater.mobility.command;

import org.jspecify.annotations.NullMarked;
