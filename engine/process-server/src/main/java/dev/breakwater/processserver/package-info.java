/// The process server: takes what machines send on port 9443, has it sealed and written into the vault, and
/// looks after the machines' part of the vault. It knows no more than its machines' keys, keeps nothing that
/// a machine could not send again, and can be killed or exchanged at any moment.
@NullMarked
package dev.breakwater.processserver;

import org.jspecify.annotations.NullMarked;
