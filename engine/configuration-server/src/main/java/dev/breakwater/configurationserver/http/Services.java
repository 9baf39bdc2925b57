package dev.breakwater.configurationserver.http;

import dev.breakwater.configurationserver.access.AuditLog;
import dev.breakwater.configurationserver.authority.Registrations;
import dev.breakwater.configurationserver.authority.Revocations;
import dev.breakwater.configurationserver.authority.Users;
import dev.breakwater.configurationserver.jobs.TestFailovers;
import dev.breakwater.configurationserver.replication.LiveStatus;
import dev.breakwater.configurationserver.replication.Machines;
import dev.breakwater.configurationserver.replication.Policies;
import dev.breakwater.configurationserver.replication.ProcessServers;
import dev.breakwater.configurationserver.replication.Progress;
import dev.breakwater.configurationserver.replication.Protection;
import dev.breakwater.configurationserver.replication.RpoHistories;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.control.admin.AuditVerification;
import dev.breakwater.control.admin.EngineStatus;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What answers requests.
///
/// @param database for reading jobs and events
/// @param live what peers last told
/// @param registrations who may join
/// @param users people who may ask
/// @param revocations takes certificates back
/// @param audit what was ordered
/// @param verification whether the audit log is whole
/// @param machines registered machines
/// @param protection orders about replication
/// @param progress moves jobs on
/// @param servers process servers
/// @param policies replication policies
/// @param tests test failovers
/// @param rpo the RPO of machines over a day
/// @param status the server at a glance
/// @param clock the time of day
public record Services(
        Database database,
        LiveStatus live,
        Registrations registrations,
        Users users,
        Revocations revocations,
        AuditLog audit,
        Verification verification,
        Machines machines,
        Protection protection,
        Progress progress,
        ProcessServers servers,
        Policies policies,
        TestFailovers tests,
        RpoHistories rpo,
        Supplier<EngineStatus> status,
        InstantSource clock) {

    /// Goes through the audit log.
    @FunctionalInterface
    public interface Verification {
        /// Compares it with what the vault remembers.
        ///
        /// @throws IOException if the vault cannot be asked
        AuditVerification verify() throws IOException;
    }
}
