/// Who may join: the certificate authority of the installation, the passphrase, and registration.
@NullMarked
package dev.breakwater.configurationserver.authority;

import org.jspecify.annotations.NullMarked;
