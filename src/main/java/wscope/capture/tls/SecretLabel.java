package wscope.capture.tls;

import org.jspecify.annotations.Nullable;

/** The secrets of a key log that decryption needs. The names are those of RFC 9850. */
enum SecretLabel {
  CLIENT_RANDOM,
  CLIENT_EARLY_TRAFFIC_SECRET,
  CLIENT_HANDSHAKE_TRAFFIC_SECRET,
  SERVER_HANDSHAKE_TRAFFIC_SECRET,
  CLIENT_TRAFFIC_SECRET_0,
  SERVER_TRAFFIC_SECRET_0;

  private static final int MASTER_SECRET = 48;
  private static final int SHA_256 = 32;

  static @Nullable SecretLabel of(String name) {
    for (SecretLabel label : values()) {
      if (label.name().equals(name)) {
        return label;
      }
    }
    return null;
  }

  /** Whether a secret can have this length: that of a master secret, or of a hash. */
  boolean hasLength(int bytes) {
    return bytes == MASTER_SECRET || (bytes == SHA_256 && this != CLIENT_RANDOM);
  }
}
