package dev.breakwater.desktop.engine;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EngineAccess;
import dev.breakwater.desktop.door.Connection;
import dev.breakwater.desktop.door.EngineDoor;
import dev.breakwater.desktop.door.UnreachableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Connects to the engine of a folder. Of this computer's engine it can tell a silent one from one that does not run.
///
/// @param engine this computer's, or a user's folder
/// @param elsewhere where the engine is reached, if it is not this computer's
public record EngineConnector(LocalEngine engine, @Nullable EngineAddress elsewhere) implements EngineDoor.Connector {

    @Override
    public AdminClient connect() throws IOException, InterruptedException {
        if (elsewhere == null && !engine.isKnown()) {
            throw new UnreachableException(Connection.ABSENT, "There is no engine in " + engine.data() + " yet.");
        }
        if (elsewhere == null && engine.isStopped()) {
            throw new UnreachableException(
                    Connection.STOPPED, "The engine of " + engine.data() + " does not run on this computer.");
        }
        return EngineAccess.connect(engine.data(), elsewhere);
    }
}
