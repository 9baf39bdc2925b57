package dev.breakwater.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {

    @Test
    @DisplayName("an address is written and read again")
    void roundTrip() {
        PageAddress address =
                PageAddress.of("machines").with("text", "größe & co = 5").with("health", "critical");
        assertThat(PageAddress.parse(address.toString())).contains(address);
        assertThat(PageAddress.parse(PageAddress.of("machine", "a/b c").toString()))
                .contains(PageAddress.of("machine", "a/b c"));
    }

    @Test
    @DisplayName("an empty value takes a parameter away")
    void emptyValue() {
        assertThat(PageAddress.of("machines").with("text", "x").with("text", ""))
                .isEqualTo(PageAddress.of("machines"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://example.org",
                "breakwater:",
                "breakwater://",
                "breakwater://../x",
                "breakwater://A",
                "breakwater://machines?x=%zz",
                "breakwater://<script>"
            })
    @DisplayName("what is no address of ours is not followed")
    void notOurs(String text) {
        assertThat(PageAddress.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("an address that is too long is not followed")
    void tooLong() {
        assertThat(PageAddress.parse("breakwater://machines?text=" + "x".repeat(3000)))
                .isEmpty();
    }
}
