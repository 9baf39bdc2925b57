package dev.breakwater.configurationserver.replication;

import dev.breakwater.configurationserver.jobs.JobMoves;
import dev.breakwater.control.admin.JobStep;
import dev.breakwater.control.admin.JobView.Step;
import dev.breakwater.model.PointId;
import java.util.List;

/// The steps of the jobs about replication, and what such a job has to remember.
final class JobSteps {

    static final String ENABLE = JobStep.ENABLE_PROTECTION.word();
    static final String INITIAL_REPLICATION = JobStep.INITIAL_REPLICATION.word();
    static final String FIRST_POINT = JobStep.FIRST_RECOVERY_POINT.word();
    static final String STOP = JobStep.STOP_REPLICATION.word();
    static final String ASSIGN = JobStep.ASSIGN.word();
    static final String TAKE_OVER = JobStep.TAKE_OVER.word();
    static final String SCHEDULE = JobStep.SCHEDULE.word();
    static final String TAKE_POINT = JobStep.TAKE_POINT.word();
    static final String STORE_POINT = JobStep.STORE_POINT.word();
    static final String COMPARE = JobStep.COMPARE.word();

    static final List<Step> PROTECT = List.of(
            JobMoves.waiting(ENABLE, "Enable protection"),
            JobMoves.waiting(INITIAL_REPLICATION, "Initial replication"),
            JobMoves.waiting(FIRST_POINT, "First recovery point"));
    static final List<Step> UNPROTECT = List.of(JobMoves.waiting(STOP, "Stop replication"));
    static final List<Step> MOVE = List.of(
            JobMoves.waiting(ASSIGN, "Hand the machine its new process server"),
            JobMoves.waiting(TAKE_OVER, "New process server takes over"));
    static final List<Step> POLICY = List.of(JobMoves.waiting(SCHEDULE, "Hand the machine its new schedule"));
    static final List<Step> POINT = List.of(
            JobMoves.waiting(TAKE_POINT, "Take the point on the machine"),
            JobMoves.waiting(STORE_POINT, "Make it durable in the vault"));
    static final List<Step> RESYNC = List.of(JobMoves.waiting(COMPARE, "Compare with the vault and send what differs"));

    private JobSteps() {}

    /// A job that begins when the machine has taken its orders.
    ///
    /// @param orderVersion the version of the orders from which on the machine knows
    record OrdersFrom(long orderVersion) {}

    /// A point that was asked for.
    ///
    /// @param pointId its identity
    /// @param timeoutSeconds how long the command may take while frozen
    record PointAsked(PointId pointId, int timeoutSeconds) {}
}
