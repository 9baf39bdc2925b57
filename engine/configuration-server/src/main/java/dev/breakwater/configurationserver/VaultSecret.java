package dev.breakwater.configurationserver;

/// The secret that engines of one vault share for registration. Never shown.
public final class VaultSecret {

    private final byte[] bytes;

    /// @param bytes at least 16
    public VaultSecret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /// The bytes, a copy.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "VaultSecret[not shown]";
    }
}
