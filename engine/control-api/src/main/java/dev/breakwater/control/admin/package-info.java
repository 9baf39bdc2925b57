/// What administrators ask, by console or command line: machines and their protection, policies, points, test
/// failovers, process servers, jobs and events. Whatever takes time is a job with steps and progress.
@NullMarked
package dev.breakwater.control.admin;

import org.jspecify.annotations.NullMarked;
