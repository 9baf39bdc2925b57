package dev.breakwater.vault.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.testkit.Seed;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A recovery key")
class RecoveryKeyTest {

    private final RecoveryKey key = RecoveryKey.draw(Seed.orUsual(7).entropy());

    @Test
    @DisplayName("is 14 groups of four characters, the same for all time")
    void text() {
        assertThat(key.reveal()).matches("([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}");
        RecoveryKey zeros = RecoveryKey.draw(target -> {});
        assertThat(zeros.reveal()).isEqualTo("0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0005-ZEZS");
    }

    @Test
    @DisplayName("is read back as people type it")
    void typed() {
        String text = key.reveal();
        assertThat(RecoveryKey.parse(text)).isEqualTo(key);
        assertThat(RecoveryKey.parse(text.toLowerCase(Locale.ROOT))).isEqualTo(key);
        assertThat(RecoveryKey.parse(" " + text.replace('-', ' ') + "\r\n")).isEqualTo(key);
        assertThat(RecoveryKey.parse(text.replace("-", ""))).isEqualTo(key);
        assertThat(RecoveryKey.parse(text.replace('0', 'o').replace('1', 'l'))).isEqualTo(key);
        assertThat(RecoveryKey.parse(text.replace('1', 'I'))).isEqualTo(key);
    }

    @Test
    @DisplayName("with any one character wrong, missing or swapped with its neighbour is refused, and not shown")
    void typingErrors() {
        String text = key.reveal().replace("-", "");
        for (int i = 0; i < text.length(); i++) {
            for (char c : "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray()) {
                if (c != text.charAt(i)) {
                    refused(text.substring(0, i) + c + text.substring(i + 1));
                }
            }
            refused(text.substring(0, i) + text.substring(i + 1));
            if (i > 0 && text.charAt(i) != text.charAt(i - 1)) {
                refused(text.substring(0, i - 1) + text.charAt(i) + text.charAt(i - 1) + text.substring(i + 1));
            }
        }
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> RecoveryKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(text.substring(0, 12));
    }

    @ParameterizedTest
    @DisplayName("is nothing else")
    @ValueSource(strings = {"", "hello", "0000", "UUUU-UUUU", "\u0131\u0131\u0131\u0131"})
    void otherTexts(String text) {
        assertThatThrownBy(() -> RecoveryKey.parse(text)).hasMessageContaining("no recovery key");
    }

    @Test
    @DisplayName("unwraps the vault key that it wrapped, and no changed one")
    void wraps() throws Exception {
        var entropy = Seed.orUsual(8).entropy();
        VaultKey vaultKey = VaultKey.draw(entropy);
        byte[] wrapped = key.wrap(vaultKey, new byte[] {1}, entropy);
        assertThat(key.unwrap(wrapped, new byte[] {1})).isEqualTo(vaultKey);
        assertThatThrownBy(() -> key.unwrap(wrapped, new byte[] {2})).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> RecoveryKey.draw(entropy).unwrap(wrapped, new byte[] {1}))
                .isInstanceOf(WrongKeyException.class);
        for (int i = 0; i < wrapped.length * 8; i++) {
            byte[] changed = wrapped.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThatThrownBy(() -> key.unwrap(changed, new byte[] {1})).isInstanceOf(WrongKeyException.class);
        }
    }

    @Test
    @DisplayName("and all other keys never show themselves in a text")
    void secret() {
        var entropy = Seed.orUsual(9).entropy();
        assertThat(key).hasToString("RecoveryKey(secret)");
        assertThat(VaultKey.draw(entropy)).hasToString("VaultKey(secret)");
    }
}
