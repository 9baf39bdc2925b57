package dev.breakwater.launcher.system;

/// At which of its steps a program dies; at each once at most.
///
/// @param seed draws them
/// @param oneIn of how many steps one is deadly; 1 for all
/// @param perPart how many deaths there are in each part of the work, of all programs together; 0 for any number
/// @param part the only part in which they die, counted from 1 in [MachineLife#PHASES]; 0 for all parts
record Deaths(long seed, int oneIn, int perPart, int part) {

    private static final int ONE_IN = Integer.getInteger("breakwater.kill.one-in", 0);

    /// With few deaths, of so many steps one is deadly: the shortest part has about three times as many.
    private static final int ONE_IN_FEW = 5;

    /// What the properties say: all of `-Pkill-points`, the sample that they describe, or a death in each part.
    static Deaths drawn() {
        int perPart = Integer.getInteger("breakwater.kill.per-part", ONE_IN == 0 ? 1 : 0);
        return new Deaths(
                Long.getLong("breakwater.kill.seed", 2),
                ONE_IN == 0 ? ONE_IN_FEW : ONE_IN,
                perPart,
                Integer.getInteger("breakwater.kill.part", 0));
    }

    /// Whether programs die in that part of the work.
    boolean in(String phase) {
        return part == 0 || MachineLife.PHASES.get(part - 1).equals(phase);
    }

    /// Whether a program dies at this step, if there were not deaths enough.
    boolean at(String step) {
        // The multiplier spreads what differs in few bits over all of them.
        long spread = (step.hashCode() + seed) * 0x9E3779B97F4A7C15L;
        return Math.floorMod(spread >> 20, oneIn) == 0;
    }

    static Deaths parse(String text) {
        String[] parts = text.split("/", -1);
        return new Deaths(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    /// The command that draws the same again.
    String replay() {
        return "./mvnw -pl engine/launcher -am verify -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest='*.system.KillPointsTest' -Dbreakwater.kill.seed=" + seed + " -Dbreakwater.kill.one-in="
                + oneIn
                + " -Dbreakwater.kill.per-part=" + perPart
                + " -Dbreakwater.kill.part=" + part;
    }

    @Override
    public String toString() {
        return seed + "/" + oneIn + "/" + perPart + "/" + part;
    }
}
