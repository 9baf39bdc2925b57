/// What tests of several modules share: seeds, fault plans, servers to test against. Never part of the product.
@NullMarked
package dev.breakwater.testkit;

import org.jspecify.annotations.NullMarked;
