/// How this server says no.
@NullMarked
package dev.breakwater.configurationserver.answer;

import org.jspecify.annotations.NullMarked;
