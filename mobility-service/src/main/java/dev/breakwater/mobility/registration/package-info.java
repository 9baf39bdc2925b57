/// Who the machine is towards the engine: registering, the data folder, renewing certificates.
@NullMarked
package dev.breakwater.mobility.registration;

import org.jspecify.annotations.NullMarked;
