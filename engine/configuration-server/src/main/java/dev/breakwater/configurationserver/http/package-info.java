/// The HTTPS port: who may ask what, JSON in and out, bounds, errors. Nothing is decided here but who the caller is.
@NullMarked
package dev.breakwater.configurationserver.http;

import org.jspecify.annotations.NullMarked;
