package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys: the PRF of TLS 1.2 (RFC 5246 §5), and HKDF-Expand-Label (RFC 8446 §7.1). */
final class KeyDerivation {
  private KeyDerivation() {}

  /**
   * The PRF of TLS 1.2.
   *
   * @param hmac the HMAC with the hash of the suite
   */
  static byte[] prf(String hmac, byte[] secret, String label, byte[] seed, int length) {
    byte[] start = label.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = ByteBuffer.allocate(start.length + seed.length).put(start).put(seed).array();
    Mac mac = mac(hmac, secret);
    ByteBuffer out = ByteBuffer.allocate(length + mac.getMacLength());
    byte[] chained = whole;
    while (out.position() < length) {
      chained = mac.doFinal(chained);
      mac.update(chained);
      out.put(mac.doFinal(whole));
    }
    return Arrays.copyOf(out.array(), length);
  }

  /** HKDF-Expand-Label with an empty context, and a result that is not longer than a hash. */
  static byte[] expandLabel(String hmac, byte[] secret, String label, int length) {
    byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer info = ByteBuffer.allocate(5 + name.length);
    info.putShort((short) length).put((byte) name.length).put(name).put((byte) 0).put((byte) 1);
    return Arrays.copyOf(mac(hmac, secret).doFinal(info.array()), length);
  }

  private static Mac mac(String hmac, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(hmac);
      mac.init(new SecretKeySpec(secret, hmac));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + hmac, e);
    }
  }
}
