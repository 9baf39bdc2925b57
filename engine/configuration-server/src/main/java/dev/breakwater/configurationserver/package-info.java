/// The control plane of a site: machines, process servers, policies, jobs and events; who may join and who does what.
/// Everything accepted is in its database before the answer is given. Replication data never pass through here.
@NullMarked
package dev.breakwater.configurationserver;

import org.jspecify.annotations.NullMarked;
