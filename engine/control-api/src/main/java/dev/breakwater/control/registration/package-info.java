/// How a program without a certificate gets one. Both sides prove that they know the same secret without sending it, so
/// a man in the middle learns nothing and cannot take part: the challenge binds the secret to the server's authority,
/// and the registration itself is sent only to a server with a certificate of that authority. Secrets are drawn by the
/// configuration server with at least 128 bits, never chosen by people, because a stranger may ask for a challenge and
/// try guesses at home.
@NullMarked
package dev.breakwater.control.registration;

import org.jspecify.annotations.NullMarked;
