/// What the configuration server needs of the vault and of recovery, in its own words. The launcher fulfils it.
@NullMarked
package dev.breakwater.configurationserver.port;

import org.jspecify.annotations.NullMarked;
