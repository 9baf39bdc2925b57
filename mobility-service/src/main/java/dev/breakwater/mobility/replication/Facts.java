package dev.breakwater.mobility.replication;

/// Everything that [Decision] looks at.
///
/// @param wanted whether the orders say that something is to be protected, and where to send it
/// @param lost whether tracking lost something
/// @param connected whether a process server listens
/// @param mayConnect whether it is time to try
/// @param downLong whether the process server has been away so long that points are spooled
/// @param drains whether the connection is for spooled points of an earlier incarnation only
/// @param numberFits whether the generation that comes next has the number that the connection expects
/// @param inFlight generations sent on this connection and not durable yet
/// @param spoolUnsent points in the spool that were not sent on this connection
/// @param synchronised whether vault and dirty map together are known to hold everything
/// @param steady whether a first recovery point was taken since then
/// @param canClose whether capture has room for another open generation
/// @param dirtyBytes what changed and was not handed over yet
/// @param pointDue whether somebody waits for a point
/// @param diverging whether sending partials does not make the backlog smaller
/// @param spoolRoom whether a point would probably fit into the spool
public record Facts(
        boolean wanted,
        boolean lost,
        boolean connected,
        boolean mayConnect,
        boolean downLong,
        boolean drains,
        boolean numberFits,
        int inFlight,
        int spoolUnsent,
        boolean synchronised,
        boolean steady,
        boolean canClose,
        long dirtyBytes,
        boolean pointDue,
        boolean diverging,
        boolean spoolRoom) {}
