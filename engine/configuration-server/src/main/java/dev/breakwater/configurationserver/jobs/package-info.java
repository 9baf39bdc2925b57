/// Work that takes time: how a job and its steps move, and the workers that drive those which nobody else
/// does. A job is in the database before it is answered, and goes on after a restart.
@NullMarked
package dev.breakwater.configurationserver.jobs;

import org.jspecify.annotations.NullMarked;
