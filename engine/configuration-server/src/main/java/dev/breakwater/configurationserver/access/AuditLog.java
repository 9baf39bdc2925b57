package dev.breakwater.configurationserver.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.breakwater.configurationserver.store.AuditTable;
import dev.breakwater.configurationserver.store.AuditTable.Row;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.AuditRecord;
import dev.breakwater.control.admin.AuditRecord.Outcome;
import dev.breakwater.control.admin.AuditVerification;
import dev.breakwater.control.admin.AuditVerification.Witness;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The record of every order: each row is authenticated together with the one before (HMAC-SHA256), by a key
/// that is not in the database, so whoever gets at the database alone can neither change a row nor add one
/// unseen. That rows were cut off at the end shows when compared with a witness: what the vault, or an
/// administrator, remembers of the log.
public final class AuditLog {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String BEGINNING = "breakwater audit log 1";
    private static final int PAGE = 1000;

    /// Findings told; a log with more is no better understood by more of them.
    private static final int MAX_FINDINGS = 1000;

    /// Details are reasons of refusals and names; longer ones are cut.
    private static final int MAX_DETAIL = 1000;

    private final Database database;
    private final SecretKeySpec key;

    /// @param key at least 32 random bytes, kept apart from the database
    public AuditLog(Database database, byte[] key) {
        this.database = database;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// Who asks what.
    ///
    /// @param who name and identity
    /// @param role of the caller
    /// @param from its address
    /// @param what method and path
    /// @param request identity of the request
    public record Asked(String who, String role, String from, String what, UUID request) {}

    /// Adds a record and waits until it is on the disk.
    public void add(Asked asked, Outcome outcome, @Nullable String detail) {
        database.write(tx -> {
            Optional<Row> before = AuditTable.last(tx);
            long number = before.map(Row::number).orElse(0L) + 1;
            String document = json(new AuditRecord(
                    number,
                    tx.now(),
                    asked.who(),
                    asked.role(),
                    asked.from(),
                    asked.what(),
                    asked.request(),
                    outcome,
                    detail == null ? null : detail.substring(0, Math.min(MAX_DETAIL, detail.length()))));
            AuditTable.add(
                    tx, new Row(number, document, hash(before.map(Row::hash).orElse(BEGINNING), document)));
            return true;
        });
    }

    /// Records after that number, oldest first; a page at a time.
    public List<AuditRecord> after(long number) {
        return database.read(tx -> AuditTable.after(tx, number, PAGE)).stream()
                .map(row -> record(row.document())
                        .orElseThrow(() -> new IllegalStateException(
                                "The record " + row.number() + " of the audit log cannot be read; verify the log.")))
                .toList();
    }

    /// The log as it is now; empty while it has no record.
    public Optional<Witness> witness() {
        return database.read(tx -> AuditTable.last(tx).map(row -> new Witness(row.number(), row.hash(), tx.now())));
    }

    /// Whether the log holds what somebody else remembers of it.
    public boolean contains(Witness remembered) {
        return database.read(tx -> AuditTable.after(tx, remembered.number() - 1, 1)).stream()
                .anyMatch(row -> row.number() == remembered.number() && same(row.hash(), remembered.hash()));
    }

    /// Goes through the whole log.
    ///
    /// @param witness what somebody else remembers of it
    public AuditVerification verify(@Nullable Witness witness) {
        List<String> findings = new ArrayList<>();
        Row last = new Row(0, "", BEGINNING);
        long records = 0;
        boolean met = witness == null;
        while (true) {
            long from = last.number();
            List<Row> page = database.read(tx -> AuditTable.after(tx, from, PAGE));
            if (page.isEmpty()) {
                break;
            }
            for (Row row : page) {
                look(last, row, findings);
                if (witness != null && row.number() == witness.number()) {
                    met = true;
                    if (!same(row.hash(), witness.hash())) {
                        findings.add("Record " + row.number() + " is not the one that the witness of " + witness.time()
                                + " remembers: the log was written anew up to there or beyond.");
                    }
                }
                records++;
                last = row;
            }
        }
        if (witness != null && !met) {
            findings.add("The log ends with record " + last.number() + ", but the witness of " + witness.time()
                    + " remembers record " + witness.number() + ": at least " + (witness.number() - last.number())
                    + " were cut off at the end.");
        }
        if (findings.size() > MAX_FINDINGS) {
            findings.subList(MAX_FINDINGS, findings.size()).clear();
            findings.add("There are more findings; only the first " + MAX_FINDINGS + " are listed.");
        }
        return new AuditVerification(records, last.number(), records == 0 ? "" : last.hash(), witness, findings);
    }

    private void look(Row before, Row row, List<String> findings) {
        if (findings.size() > MAX_FINDINGS) {
            return;
        }
        if (row.number() != before.number() + 1) {
            findings.add("Records " + (before.number() + 1) + " to " + (row.number() - 1) + " were removed.");
            return;
        }
        if (same(row.hash(), hash(before.hash(), row.document()))) {
            return;
        }
        Optional<AuditRecord> inside = record(row.document());
        if (inside.isPresent() && inside.get().number() != row.number()) {
            findings.add("In the place of record " + row.number() + " lies record "
                    + inside.get().number() + ": the order was changed.");
        } else {
            findings.add("Record " + row.number() + " was changed, or put in by somebody else.");
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private String hash(String before, String document) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((before + "\n").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(document.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime lacks HMAC-SHA256.", e);
        }
    }

    private static String json(AuditRecord record) {
        try {
            return ControlJson.mapper().writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of ours cannot be written as JSON.", e);
        }
    }

    private static Optional<AuditRecord> record(String document) {
        try {
            return Optional.of(ControlJson.mapper().readValue(document, AuditRecord.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
