package wscope.capture.tls;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cipher suite.
 *
 * @param name its name in the IANA registry, or its number
 * @param aead how it protects records; null if wscope cannot decrypt it
 */
record CipherSuite(String name, @Nullable Aead aead) {
  /** How a suite protects records. */
  enum Aead {
    AES_128_GCM(16, "HmacSHA256"),
    AES_256_GCM(32, "HmacSHA384"),
    CHACHA20_POLY1305(32, "HmacSHA256");

    /** The length of a key. */
    final int keyLength;

    /** The HMAC with the hash of the suite. */
    final String hmac;

    Aead(int keyLength, String hmac) {
      this.keyLength = keyLength;
      this.hmac = hmac;
    }

    /** The length of a hash. */
    int hashLength() {
      return this == AES_256_GCM ? 48 : 32;
    }
  }

  private static final Map<Integer, CipherSuite> KNOWN = new HashMap<>();

  static {
    // RFC 8446
    add(Aead.AES_128_GCM, 0x1301, "TLS_AES_128_GCM_SHA256");
    add(Aead.AES_256_GCM, 0x1302, "TLS_AES_256_GCM_SHA384");
    add(Aead.CHACHA20_POLY1305, 0x1303, "TLS_CHACHA20_POLY1305_SHA256");
    add(null, 0x1304, "TLS_AES_128_CCM_SHA256");
    add(null, 0x1305, "TLS_AES_128_CCM_8_SHA256");
    // RFC 5288, 5289, 5487, 8442: each with AES-128 and then with AES-256.
    gcm(0x009c, "RSA");
    gcm(0x009e, "DHE_RSA");
    gcm(0x00a0, "DH_RSA");
    gcm(0x00a2, "DHE_DSS");
    gcm(0x00a4, "DH_DSS");
    gcm(0x00a6, "DH_anon");
    gcm(0x00a8, "PSK");
    gcm(0x00aa, "DHE_PSK");
    gcm(0x00ac, "RSA_PSK");
    gcm(0xc02b, "ECDHE_ECDSA");
    gcm(0xc02d, "ECDH_ECDSA");
    gcm(0xc02f, "ECDHE_RSA");
    gcm(0xc031, "ECDH_RSA");
    gcm(0xd001, "ECDHE_PSK");
    // RFC 7905
    chacha(0xcca8, "ECDHE_RSA");
    chacha(0xcca9, "ECDHE_ECDSA");
    chacha(0xccaa, "DHE_RSA");
    chacha(0xccab, "PSK");
    chacha(0xccac, "ECDHE_PSK");
    chacha(0xccad, "DHE_PSK");
    chacha(0xccae, "RSA_PSK");
    // Common ones with CBC (RFC 5246, 5289, 8422), which are only named.
    cbc(0x002f, "RSA", "128_CBC_SHA");
    cbc(0x0033, "DHE_RSA", "128_CBC_SHA");
    cbc(0x0035, "RSA", "256_CBC_SHA");
    cbc(0x0039, "DHE_RSA", "256_CBC_SHA");
    cbc(0x003c, "RSA", "128_CBC_SHA256");
    cbc(0x003d, "RSA", "256_CBC_SHA256");
    cbc(0x0067, "DHE_RSA", "128_CBC_SHA256");
    cbc(0x006b, "DHE_RSA", "256_CBC_SHA256");
    cbc(0xc009, "ECDHE_ECDSA", "128_CBC_SHA");
    cbc(0xc00a, "ECDHE_ECDSA", "256_CBC_SHA");
    cbc(0xc013, "ECDHE_RSA", "128_CBC_SHA");
    cbc(0xc014, "ECDHE_RSA", "256_CBC_SHA");
    cbc(0xc023, "ECDHE_ECDSA", "128_CBC_SHA256");
    cbc(0xc024, "ECDHE_ECDSA", "256_CBC_SHA384");
    cbc(0xc027, "ECDHE_RSA", "128_CBC_SHA256");
    cbc(0xc028, "ECDHE_RSA", "256_CBC_SHA384");
  }

  private static void add(@Nullable Aead aead, int number, String name) {
    KNOWN.put(number, new CipherSuite(name, aead));
  }

  private static void gcm(int first, String exchange) {
    String start = "TLS_" + exchange + "_WITH_AES_";
    add(Aead.AES_128_GCM, first, start + "128_GCM_SHA256");
    add(Aead.AES_256_GCM, first + 1, start + "256_GCM_SHA384");
  }

  private static void chacha(int number, String exchange) {
    String name = "TLS_" + exchange + "_WITH_CHACHA20_POLY1305_SHA256";
    add(Aead.CHACHA20_POLY1305, number, name);
  }

  private static void cbc(int number, String exchange, String rest) {
    add(null, number, "TLS_" + exchange + "_WITH_AES_" + rest);
  }

  static CipherSuite of(int number) {
    CipherSuite known = KNOWN.get(number);
    return known == null ? new CipherSuite("0x" + hex(number), null) : known;
  }

  private static String hex(int number) {
    return Integer.toHexString(0x10000 | (number & 0xffff)).substring(1);
  }

  /** Whether it is one of TLS 1.3. */
  static boolean isOf13(int number) {
    return number >>> 8 == 0x13;
  }
}
