/// The database: what must survive. Every change is one transaction, on the disk before its answer is given. Health and
/// progress that peers tell every few seconds anyway are kept in memory elsewhere.
@NullMarked
package dev.breakwater.configurationserver.store;

import org.jspecify.annotations.NullMarked;
