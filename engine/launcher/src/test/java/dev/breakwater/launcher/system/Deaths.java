package dev.breakwater.launcher.system;

/// At which of its steps a program dies; at each once at most.
///
/// @param seed draws them
/// @param oneIn of how many steps one is deadly; 1 for all, 0 for none
record Deaths(long seed, int oneIn) {

    /// All of them.
    static final Deaths ALL = new Deaths(0, 1);

    /// Whether a program dies at this step.
    boolean at(String step) {
        // The multiplier spreads what differs in few bits over all of them.
        long spread = (step.hashCode() + seed) * 0x9E3779B97F4A7C15L;
        return oneIn > 0 && Math.floorMod(spread >> 20, oneIn) == 0;
    }

    static Deaths parse(String text) {
        String[] parts = text.split("/", -1);
        return new Deaths(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
        return seed + "/" + oneIn;
    }
}
