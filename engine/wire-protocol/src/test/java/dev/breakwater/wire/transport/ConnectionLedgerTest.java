package dev.breakwater.wire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Places for connections")
class ConnectionLedgerTest {

    private final ConnectionLedger ledger = new ConnectionLedger(40);

    @Test
    @DisplayName("one address that does not say who it is gets a quarter, and the others still get in")
    void strangers() {
        List<ConnectionLedger.Entry> taken = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            taken.add(ledger.open("10.0.0.66"));
        }
        assertThat(taken).doesNotContainNull();
        assertThat(ledger.open("10.0.0.66")).isNull();
        assertThat(ledger.open("10.0.0.1")).isNotNull();
        taken.getFirst().end();
        taken.getFirst().end();
        assertThat(ledger.open("10.0.0.66")).isNotNull();
        assertThat(ledger.open("10.0.0.66")).isNull();
    }

    @Test
    @DisplayName("one machine gets eight, from wherever it comes")
    void machines() {
        UUID machine = UUID.randomUUID();
        for (int i = 0; i < 8; i++) {
            assertThat(ledger.open("10.0.0." + i).belongsTo(machine)).isTrue();
        }
        ConnectionLedger.Entry ninth = ledger.open("10.0.0.9");
        assertThat(ninth.belongsTo(machine)).isFalse();
        ninth.end();
        assertThat(ledger.open("10.0.0.9").belongsTo(UUID.randomUUID())).isTrue();
    }

    @Test
    @DisplayName("when all are taken nobody gets in, and each that ends makes room for one")
    void inAll() {
        List<ConnectionLedger.Entry> taken = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ConnectionLedger.Entry entry = ledger.open("10.0.1." + i);
            entry.belongsTo(UUID.randomUUID());
            taken.add(entry);
        }
        assertThat(ledger.open("10.0.2.1")).isNull();
        taken.getLast().end();
        assertThat(ledger.open("10.0.2.1")).isNotNull();
    }
}
