/// The system as its users meet it: engine, mobility service and command line as separate processes over
/// mutual TLS, on real disks. Nothing here calls the code of another module; what a test knows, it sees from
/// outside.
package dev.breakwater.launcher.system;
