package dev.breakwater.testkit.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/// The inputs that are damaged further: the good ones, and each that brought out an answer not heard before.
final class InputPool {

    /// Answers that are told apart, and inputs that are kept; a parser that echoes its input must not fill the memory.
    private static final int MAX_ANSWERS = 500;

    private static final Pattern DETAIL = Pattern.compile("[0-9a-f-]*[0-9][0-9a-f-]*|\"[^\"]*\"|[^\\x20-\\x7e]+");

    private final List<byte[]> inputs;
    private final int goodInputs;
    private final Set<String> answers = new HashSet<>();

    InputPool(List<byte[]> good) {
        inputs = new ArrayList<>(good);
        goodInputs = good.size();
    }

    /// One of the inputs; every second one is a good one.
    byte[] pick(Random random) {
        return inputs.get(random.nextInt(random.nextBoolean() ? goodInputs : inputs.size()));
    }

    /// Remembers what an input brought out.
    void tried(byte[] input, String answer) {
        if (answers.size() < MAX_ANSWERS && answers.add(DETAIL.matcher(answer).replaceAll("#"))) {
            inputs.add(input);
        }
    }

    /// How many different answers were heard.
    int answers() {
        return answers.size();
    }
}
