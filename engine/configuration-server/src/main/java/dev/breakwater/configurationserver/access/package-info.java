/// Who may ask what, how often, and the record of what was asked.
@NullMarked
package dev.breakwater.configurationserver.access;

import org.jspecify.annotations.NullMarked;
