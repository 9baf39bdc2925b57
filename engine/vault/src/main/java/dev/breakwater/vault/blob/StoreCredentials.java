package dev.breakwater.vault.blob;

import java.util.Map;

/// What proves to an object store that we may use it. A secret: never shown, never logged.
public sealed interface StoreCredentials {

    /// Environment variable with a connection string, as the portal of Azure shows it.
    String CONNECTION_STRING_VARIABLE = "AZURE_STORAGE_CONNECTION_STRING";

    /// Environment variable with a shared access signature for the container or the account.
    String SAS_TOKEN_VARIABLE = "AZURE_STORAGE_SAS_TOKEN";

    /// Nothing is needed: a folder.
    record None() implements StoreCredentials {}

    /// A connection string of an Azure storage account; may name another endpoint, for example an emulator's.
    ///
    /// @param text `AccountName=…;AccountKey=…;…`
    record ConnectionString(String text) implements StoreCredentials {
        @Override
        public String toString() {
            return "ConnectionString(secret)";
        }
    }

    /// A shared access signature that allows to read, add, create, write, delete and list.
    ///
    /// @param token the query string, with or without the question mark
    record SasToken(String token) implements StoreCredentials {
        @Override
        public String toString() {
            return "SasToken(secret)";
        }
    }

    /// What the environment holds; the connection string goes first.
    ///
    /// @param environment usually `System.getenv()`
    static StoreCredentials of(Map<String, String> environment) {
        String connection = environment.getOrDefault(CONNECTION_STRING_VARIABLE, "");
        String sas = environment.getOrDefault(SAS_TOKEN_VARIABLE, "");
        if (!connection.isBlank()) {
            return new ConnectionString(connection);
        }
        return sas.isBlank() ? new None() : new SasToken(sas);
    }
}
