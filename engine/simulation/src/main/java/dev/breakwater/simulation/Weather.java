package dev.breakwater.simulation;

import dev.breakwater.simulation.World.ProcessServerSlot;
import java.time.Duration;
import java.util.List;

/// Everything that can go wrong, going wrong for a while: programs die and come back, networks are cut, clocks jump,
/// administrators change their mind.
final class Weather {

    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(150);

    private final World world;
    private final Node outside;
    private final Administrator administrator;

    private enum Event {
        AGENT_DIES,
        SERVER_DIES,
        CONTROL_DIES,
        NETWORK_CUT,
        CONNECTION_BREAKS,
        MACHINE_RESTARTS,
        TRACKING_LOST,
        CLOCK_JUMPS,
        MOVE,
        POINT,
        COMPARISON,
        SLEEP,
        QUIET
    }

    Weather(World world, Node outside, Administrator administrator) {
        this.world = world;
        this.outside = outside;
        this.administrator = administrator;
    }

    /// Blows for a while; then everything is there again and nothing fails any more.
    void blow() throws InterruptedException {
        Faults faults = world.faults();
        faults.begin();
        int events = 4 + faults.choice(14);
        Event[] all = Event.values();
        // Each run leaves most things alone, so that some states last.
        List<Event> some = List.of(
                all[faults.choice(all.length)],
                all[faults.choice(all.length)],
                all[faults.choice(all.length)],
                all[faults.choice(all.length)],
                Event.QUIET);
        for (int i = 0; i < events; i++) {
            outside.sleep(faults.upTo(LONG));
            happens(some.get(faults.choice(some.size())));
        }
        outside.sleep(LONG);
        faults.stop();
        world.network().heal();
        world.computers().forEach(Node.Computer::setRight);
    }

    private void happens(Event event) throws InterruptedException {
        Faults faults = world.faults();
        world.tell(outside, "event " + event);
        switch (event) {
            case AGENT_DIES -> agentDies();
            case SERVER_DIES ->
                serverDies(world.servers().get(faults.choice(world.servers().size())));
            case CONTROL_DIES -> {
                Node run = world.controlRun();
                if (run != null && run.alive()) {
                    run.kill();
                    later(world::startControl);
                }
            }
            case NETWORK_CUT -> world.network().cut(faults.upTo(LONG));
            case CONNECTION_BREAKS -> world.network().breakOne();
            case MACHINE_RESTARTS -> {
                agentDies();
                world.machineLosesPower();
                world.machine().restart();
            }
            case TRACKING_LOST -> world.machine().lose();
            case CLOCK_JUMPS ->
                world.computers()
                        .get(faults.choice(world.computers().size()))
                        .jump(Duration.ofSeconds(faults.choice(600) - 300L));
            case MOVE ->
                administrator.askFor(
                        "a move",
                        Administrator.move(world.servers()
                                .get(faults.choice(world.servers().size()))
                                .name));
            case POINT -> administrator.askFor("a point", Administrator.point());
            case COMPARISON -> administrator.askFor("a comparison", Administrator.comparison());
            case SLEEP ->
                world.scheduler()
                        .skip(Duration.ofMinutes(20L + faults.choice(120)).toNanos());
            case QUIET -> outside.sleep(LONG);
        }
    }

    private void agentDies() {
        Node agent = world.agentRun();
        if (agent != null && agent.alive()) {
            agent.kill();
            later(world::startAgent);
        }
    }

    private void serverDies(ProcessServerSlot slot) {
        Node running = slot.run;
        if (running != null && running.alive()) {
            running.kill();
            later(() -> world.startServer(slot));
        }
    }

    private void later(Runnable restart) {
        Duration away = world.faults().upTo(world.faults().choice(3) == 0 ? LONG : SHORT);
        world.scheduler().at(world.scheduler().nanos() + away.toNanos(), restart);
    }
}
