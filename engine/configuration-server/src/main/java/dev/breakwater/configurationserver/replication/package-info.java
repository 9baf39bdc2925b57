/// Protection of machines: what machines and process servers are told to do, what they tell back, and how the jobs of
/// administrators follow from both.
@NullMarked
package dev.breakwater.configurationserver.replication;

import org.jspecify.annotations.NullMarked;
