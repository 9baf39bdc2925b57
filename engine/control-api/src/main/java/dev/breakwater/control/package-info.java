/// What may be asked of the configuration server on its HTTPS port, and how: the addresses, the JSON, the errors and
/// the connection that all clients share. Who may ask what is decided by the role in the caller's certificate: package
/// `admin` is for administrators, `machine` for the mobility service, `processserver` for process servers, and
/// `registration` for those who have no certificate yet. `openapi.yaml` describes the same for foreign clients.
@NullMarked
package dev.breakwater.control;

import org.jspecify.annotations.NullMarked;
