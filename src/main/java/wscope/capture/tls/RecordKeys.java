package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys with which one endpoint protects its records, and the number of the next record. */
final class RecordKeys {
  private static final int IV = 12;

  /** The part of the nonce that a suite with GCM keeps secret in TLS 1.2 (RFC 5288 §3). */
  private static final int SALT = 4;

  private static final int EXPLICIT_NONCE = 8;
  private static final int TAG = 16;

  private final CipherSuite.Aead aead;
  private final byte[] key;
  private final byte[] iv;

  /** The secret of TLS 1.3 that the keys come from; null in TLS 1.2. */
  private final byte @Nullable [] secret;

  private long sequence;

  private RecordKeys(CipherSuite.Aead aead, byte[] key, byte[] iv, byte @Nullable [] secret) {
    this.aead = aead;
    this.key = key;
    this.iv = iv;
    this.secret = secret;
  }

  /** The keys of TLS 1.3 (RFC 8446 §7.3). */
  static RecordKeys of13(CipherSuite.Aead aead, byte[] secret) {
    byte[] key = KeyDerivation.expandLabel(aead.hmac, secret, "key", aead.keyLength);
    return new RecordKeys(
        aead, key, KeyDerivation.expandLabel(aead.hmac, secret, "iv", IV), secret);
  }

  /** The keys of TLS 1.2 (RFC 5246 §6.3). */
  static RecordKeys of12(
      CipherSuite.Aead aead, byte[] master, byte[] client, byte[] server, boolean ofClient) {
    byte[] seed =
        ByteBuffer.allocate(server.length + client.length).put(server).put(client).array();
    int ivLength = aead == CipherSuite.Aead.CHACHA20_POLY1305 ? IV : SALT;
    int length = 2 * (aead.keyLength + ivLength);
    byte[] block = KeyDerivation.prf(aead.hmac, master, "key expansion", seed, length);
    int keyAt = ofClient ? 0 : aead.keyLength;
    int ivAt = 2 * aead.keyLength + (ofClient ? 0 : ivLength);
    return new RecordKeys(
        aead,
        Arrays.copyOfRange(block, keyAt, keyAt + aead.keyLength),
        Arrays.copyOfRange(block, ivAt, ivAt + ivLength),
        null);
  }

  /** The keys after a KeyUpdate (RFC 8446 §7.2). */
  RecordKeys next() {
    byte[] known = secret;
    if (known == null) {
      throw new IllegalStateException("TLS 1.2 has no KeyUpdate");
    }
    return of13(
        aead, KeyDerivation.expandLabel(aead.hmac, known, "traffic upd", aead.hashLength()));
  }

  /**
   * Decrypts the next record.
   *
   * @param record the record with its header
   * @return null if it does not authenticate; then the next record still has the same number
   */
  @Nullable ByteBuffer open(RecordDecryption decryption, byte[] record) {
    boolean explicit = hasExplicitNonce();
    int start = TlsRecord.HEADER + (explicit ? EXPLICIT_NONCE : 0);
    int length = record.length - start - TAG;
    if (length < 0) {
      return null;
    }
    byte[] plain =
        decryption.open(
            aead, key, nonce(record, explicit), associated(record, length), record, start);
    sequence += plain == null ? 0 : 1;
    return plain == null ? null : ByteBuffer.wrap(plain);
  }

  /**
   * Decrypts a later record.
   *
   * @param skipped the number of records before it that are not there
   * @return null if it does not authenticate; then the next record still has the same number
   */
  @Nullable ByteBuffer openLater(RecordDecryption decryption, byte[] record, long skipped) {
    sequence += skipped;
    ByteBuffer plain = open(decryption, record);
    sequence -= plain == null ? skipped : 0;
    return plain;
  }

  /** Whether they are those of TLS 1.3, whose records look like data. */
  boolean isOf13() {
    return secret != null;
  }

  /** The number of the next record. */
  long number() {
    return sequence;
  }

  /** The length of a record without content: with its header, type and tag, but no padding. */
  int overhead() {
    int type = secret == null ? 0 : 1;
    return TlsRecord.HEADER + (hasExplicitNonce() ? EXPLICIT_NONCE : 0) + type + TAG;
  }

  private boolean hasExplicitNonce() {
    return secret == null && aead != CipherSuite.Aead.CHACHA20_POLY1305;
  }

  private byte[] nonce(byte[] record, boolean explicit) {
    byte[] nonce = Arrays.copyOf(iv, IV);
    if (explicit) {
      System.arraycopy(record, TlsRecord.HEADER, nonce, SALT, EXPLICIT_NONCE);
    } else {
      ByteBuffer last = ByteBuffer.wrap(nonce);
      last.putLong(SALT, last.getLong(SALT) ^ sequence);
    }
    return nonce;
  }

  /** What is authenticated apart from the content: the header, in TLS 1.2 after the number. */
  private byte[] associated(byte[] record, int length) {
    if (secret != null) {
      return Arrays.copyOf(record, TlsRecord.HEADER);
    }
    ByteBuffer associated = ByteBuffer.allocate(Long.BYTES + TlsRecord.HEADER);
    associated.putLong(sequence).put(record, 0, 3).putShort((short) length);
    return associated.array();
  }
}
