package wscope.capture.tls;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Decrypts with the ciphers of the JDK. All connections share them, because they are large. */
final class RecordDecryption {
  private static final int TAG_BITS = 128;

  private @Nullable Cipher gcm;
  private long tried;

  /** Counts bytes that are decrypted on trial. */
  void countTried(int bytes) {
    tried += bytes;
  }

  /** How many bytes have been decrypted on trial. */
  long tried() {
    return tried;
  }

  /**
   * Decrypts and authenticates.
   *
   * @param record the record, of which the content begins at an index and ends with the tag
   * @return null if it does not authenticate
   */
  byte @Nullable [] open(
      CipherSuite.Aead aead,
      byte[] key,
      byte[] nonce,
      byte[] associated,
      byte[] record,
      int start) {
    boolean chacha = aead == CipherSuite.Aead.CHACHA20_POLY1305;
    try {
      Cipher cipher = chacha ? Cipher.getInstance("ChaCha20-Poly1305") : gcm();
      AlgorithmParameterSpec parameters =
          chacha ? new IvParameterSpec(nonce) : new GCMParameterSpec(TAG_BITS, nonce);
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(key, chacha ? "ChaCha20" : "AES"), parameters);
      cipher.updateAAD(associated);
      return cipher.doFinal(record, start, record.length - start);
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + aead, e);
    }
  }

  private Cipher gcm() throws GeneralSecurityException {
    Cipher known = gcm;
    if (known == null) {
      known = Cipher.getInstance("AES/GCM/NoPadding");
      gcm = known;
    }
    return known;
  }
}
