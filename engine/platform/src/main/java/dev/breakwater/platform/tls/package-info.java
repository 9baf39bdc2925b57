/// Who is who on a connection: private keys, certificates and the authority that issues them. Both ports (443 and 9443)
/// and every program use the same identities. Peers are known by role and identity in their certificate, never by the
/// address they are reached at, so an engine may move to another address.
@NullMarked
package dev.breakwater.platform.tls;

import org.jspecify.annotations.NullMarked;
